import { doctor } from "../../../../cli/platform/commands/doctor";
import { googleClient } from "../../../../cli/platform/google/client";
import { limits } from "../../../../cli/platform/limits";
import { platformServices } from "../../../../constructs/google/platform-services";
import type { EnvironmentConfig } from "../../../../src/environment/schema";
import { testContext } from "../test-context";
import type { Reply } from "./fake-google";
import { NOW, condition, config, examine, healthy, list, needs, object, startFake } from "./examine";

describe("a healthy environment", () => {
  test("has nothing to fix, and every part was asked", async () => {
    const { code, bad, diagnoses } = await examine();
    expect(bad).toEqual([]);
    expect(code).toBe(0);
    expect([...new Set(diagnoses.map(({ part }) => part))]).toEqual([
      "project",
      "APIs",
      "caller",
      "organisation policy",
      "region",
      "quotas",
      "ranges",
      "database",
      "cluster",
      "cluster APIs",
      "webhooks",
      "queues",
      "checks",
      "tasks",
      "Kueue",
      "Flyte",
    ]);
  });

  test("is only read: no request but GET, and the question about permissions", async () => {
    const { asked } = await examine();
    const others = asked.filter((key) => !key.startsWith("GET "));
    expect(others).toEqual([
      "POST /projects/projects/acme-dev:testIamPermissions",
      "POST /policies/projects/acme-dev:getEffectiveOrgPolicy",
    ]);
  });
});

describe("before the first deploy", () => {
  test("nothing is wrong with what is not there yet", async () => {
    const gone: Reply = { status: 404, body: { error: { message: "not found" } } };
    const { code, diagnoses } = await examine({
      "GET /sql/projects/acme-dev/instances/flyte-dev-database": gone,
      "GET /container/projects/acme-dev/locations/us-central1/clusters/flyte-dev-cluster": gone,
    });
    expect(code).toBe(0);
    expect(
      diagnoses.filter(({ level }) => level === "later").map(({ subject, text }) => [subject, text]),
    ).toEqual([
      ["flyte-dev-database", "not deployed"],
      ["flyte-dev-cluster", "not deployed"],
    ]);
  });
});

describe("what Google says", () => {
  test("APIs without which Terraform can't start are a problem with the command that helps", async () => {
    const services = Object.keys(platformServices)
      .filter((name) => name !== "serviceusage")
      .map((name) => ({ config: { name: `${name}.googleapis.com` } }));
    const { code, bad } = await examine({
      "GET /services/projects/acme-dev/services": { body: { services } },
    });
    expect(code).toBe(2);
    expect(bad).toEqual([
      {
        part: "APIs",
        subject: "enabled",
        level: "problem",
        text: "serviceusage off: Terraform needs them to switch on the others",
        fix: "gcloud services enable serviceusage.googleapis.com --project acme-dev",
      },
    ]);
  });

  test("APIs are read to the last page", async () => {
    const path = "GET /services/projects/acme-dev/services?filter=state:ENABLED&pageSize=200";
    const [last = "", ...others] = Object.keys(platformServices);
    const page = (names: readonly string[]) =>
      names.map((name) => ({ config: { name: `${name}.googleapis.com` } }));
    const { diagnoses } = await examine({
      [path]: { body: { services: page(others), nextPageToken: "more" } },
      [`${path}&pageToken=more`]: { body: { services: page([last]) } },
    });
    expect(diagnoses.find(({ part }) => part === "APIs")).toMatchObject({ level: "ok" });
  });

  test("a missing permission names its role and what the role is for", async () => {
    const permissions = needs.filter((each) => each !== "gkebackup.backupPlans.create");
    const { bad } = await examine({
      "POST /projects/projects/acme-dev:testIamPermissions": { body: { permissions } },
    });
    expect(bad).toEqual([
      {
        part: "caller",
        subject: "gkebackup.admin",
        level: "warning",
        text: "you lack gkebackup.backupPlans.create: the backup plan",
        fix: "deploy as the deployer account, or grant roles/gkebackup.admin on acme-dev",
      },
    ]);
  });

  test("another cluster of the project is a warning that says what its pods may do", async () => {
    const clusters = [
      { name: "flyte-dev-cluster", location: "us-central1" },
      { name: "flyte-dev-cluster", location: "europe-west4" },
      { name: "lab", location: "us-central1-a" },
    ];
    const { bad } = await examine({
      "GET /container/projects/acme-dev/locations/-/clusters": { body: { clusters } },
    });
    expect(bad.map(({ subject, level }) => [subject, level])).toEqual([
      ["flyte-dev-cluster", "warning"],
      ["lab", "warning"],
    ]);
    expect(bad[1]).toMatchObject({
      text: expect.stringMatching(
        /^is in this project too \(us-central1-a\): .* has the rights of the pods here/,
      ),
      fix: "move it into a project of its own",
    });
  });

  test("a state bucket of a stranger is a problem", async () => {
    const { bad } = await examine({
      "GET /storage/b/acme-state": {
        body: { ...(healthy["GET /storage/b/acme-state"]!.body as object), projectNumber: "666" },
      },
    });
    expect(bad).toEqual([
      {
        part: "project",
        subject: 'state bucket "acme-state"',
        level: "problem",
        text: 'belongs to project number 666, not to project "acme-dev"',
        fix: "choose another name; where that project is yours too, name it in the environment's file: state.project",
      },
    ]);
  });

  test("GPU quotas are compared with what the queues hold", async () => {
    const { bad } = await examine({
      "GET /compute/projects/acme-dev/regions/us-central1": {
        body: {
          quotas: [
            { metric: "NVIDIA_L4_GPUS", limit: 1, usage: 0 },
            { metric: "PREEMPTIBLE_NVIDIA_H100_GPUS", limit: 0, usage: 0 },
          ],
        },
      },
    });
    expect(bad.map(({ subject, level, text }) => [subject, level, text])).toEqual([
      ["NVIDIA_L4_GPUS", "warning", "1 of 2 needed (flavor l4): the others wait"],
      ["PREEMPTIBLE_NVIDIA_H100_GPUS", "problem", "0 of 16 needed (flavor h100-dws): none can start"],
    ]);
  });

  test("a region without the GPU is a problem, and the regions that have it are named", async () => {
    const { bad } = await examine({
      'GET /compute/projects/acme-dev/aggregated/acceleratorTypes?filter=name+=+"nvidia-l4"': {
        body: { items: { "zones/europe-west4-a": { acceleratorTypes: [{ name: "nvidia-l4" }] } } },
      },
    });
    expect(bad).toEqual([
      {
        part: "region",
        subject: "l4",
        level: "problem",
        text: "us-central1 has none",
        fix: "choose another GPU for its flavors, or a region that has it: europe-west4",
      },
    ]);
  });

  test("a range that somebody else uses is a problem in this network, a warning in another", async () => {
    const subnet = (name: string, network: string) => ({
      name,
      network: `x/networks/${network}`,
      ipCidrRange: "10.5.0.0/20",
    });
    const { bad } = await examine({
      "GET /compute/projects/acme-dev/aggregated/subnetworks": {
        body: {
          items: {
            "regions/us-central1": {
              subnetworks: [
                subnet("vpn", "flyte-dev-network"),
                subnet("lab", "lab"),
                {
                  ...subnet("old", "lab"),
                  ipCidrRange: "192.168.0.0/24",
                  secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.0.8.0/22" }],
                },
              ],
            },
          },
        },
      },
    });
    expect(bad.map(({ subject, level, text }) => [subject, level, text])).toEqual([
      [
        "nodesCidr",
        "warning",
        "10.0.0.0/20 overlaps 10.0.8.0/22 of old/pods in network lab; the two can't be joined",
      ],
      ["podsCidr", "problem", "10.4.0.0/14 overlaps 10.5.0.0/20 of vpn in this network"],
      [
        "podsCidr",
        "warning",
        "10.4.0.0/14 overlaps 10.5.0.0/20 of lab in network lab; the two can't be joined",
      ],
    ]);
  });

  test("a cluster in error carries Google's own words", async () => {
    const { bad } = await examine({
      "GET /container/projects/acme-dev/locations/us-central1/clusters/flyte-dev-cluster": {
        body: { status: "ERROR", statusMessage: "Insufficient quota", conditions: [] },
      },
    });
    expect(bad.map(({ text }) => text)).toEqual(["is ERROR: Insufficient quota"]);
  });

  test("what may not be read is unknown, not fine", async () => {
    const { code, bad } = await examine({
      "GET /compute/projects/acme-dev/regions/us-central1": {
        status: 403,
        body: { error: { code: 403, message: "Required 'compute.regions.get' permission" } },
      },
    });
    expect(code).toBe(2);
    expect(bad).toEqual([
      {
        part: "quotas",
        subject: "asking",
        level: "unknown",
        text: "Required 'compute.regions.get' permission (HTTP 403)",
        fix: "ask for a role that may read this, such as roles/viewer",
      },
    ]);
  });
});

describe("what the cluster says", () => {
  test("an inactive queue or check is a problem, in Kueue's words", async () => {
    const { bad } = await examine({
      "GET /apis/kueue.x-k8s.io/v1beta2/admissionchecks": list({
        ...object("h100-dws-7d"),
        status: { conditions: [condition("Active", "False", "missing ProvisioningRequestConfig")] },
      }),
    });
    expect(bad).toEqual([
      {
        part: "checks",
        subject: "h100-dws-7d",
        level: "problem",
        text: "not active: missing ProvisioningRequestConfig",
        fix: "kubectl describe admissioncheck h100-dws-7d",
      },
    ]);
  });

  test("a namespace without a queue, and a project without a team, are told apart", async () => {
    const { bad } = await examine({
      "GET /apis/kueue.x-k8s.io/v1beta2/localqueues": list(
        object("tasks", { namespace: "vision-development" }),
      ),
      "GET /api/v1/namespaces": list(object("vision-development"), object("toys-development")),
    });
    expect(bad.map(({ subject, level, text }) => [subject, level, text])).toEqual([
      [
        "vision-development/h100-dws",
        "problem",
        "no such LocalQueue: tasks of team research wait for ever there",
      ],
      ["toys-development", "warning", "belongs to no team: nothing new runs in it"],
    ]);
  });

  test("a task that waits long says why; a young one and a running one say nothing", async () => {
    const task = (name: string, minutes: number, spec: object, ...conditions: object[]) => ({
      metadata: {
        name,
        namespace: "vision-development",
        creationTimestamp: new Date(NOW - minutes * 60_000).toISOString(),
      },
      spec: { queueName: "tasks", active: true, ...spec },
      status: { conditions },
    });
    const { bad } = await examine({
      "GET /apis/kueue.x-k8s.io/v1beta2/workloads": list(
        task("young", 5, {}, condition("QuotaReserved", "False", "couldn't assign flavors")),
        task("running", 90, {}, condition("Admitted", "True"), condition("QuotaReserved", "True")),
        task(
          "stuck",
          180,
          {},
          condition("QuotaReserved", "False", "insufficient unused quota for nvidia.com/gpu"),
        ),
        task("gone", 60, { active: false }, condition("Evicted", "True", "The workload is deactivated")),
      ),
    });
    expect(bad.map(({ subject, level, text }) => [subject, level, text])).toEqual([
      [
        "vision-development/stuck",
        "warning",
        "waits 3 h in queue tasks: insufficient unused quota for nvidia.com/gpu",
      ],
      ["vision-development/gone", "problem", "rejected in queue tasks: The workload is deactivated"],
    ]);
  });

  test("a failed request for nodes names Google's reason and what to do; a forgotten one how to be rid of it", async () => {
    const request = (name: string, hours: number, ...conditions: object[]) => ({
      metadata: {
        name,
        namespace: "vision-development",
        creationTimestamp: new Date(NOW - hours * 3_600_000).toISOString(),
      },
      status: { conditions },
    });
    const { bad } = await examine({
      "GET /apis/autoscaling.x-k8s.io/v1/provisioningrequests": list(
        request("failed", 1, condition("Failed", "True", "no quota", "QuotaExceeded")),
        request("forgotten", 72, condition("Accepted", "True", "queued")),
        request("fine", 1, condition("Provisioned", "False", "ETA 2 h")),
      ),
    });
    expect(bad).toEqual([
      {
        part: "requests",
        subject: "vision-development/forgotten",
        level: "warning",
        text: "waits 3 days: queued",
        fix: "if nobody expects that long a wait: kubectl delete provisioningrequest forgotten --namespace vision-development; Kueue makes a new one",
      },
      {
        part: "requests",
        subject: "vision-development/failed",
        level: "problem",
        text: "failed, QuotaExceeded: no quota",
        fix: "ask Google for more preemptible GPU quota (the quotas above)",
      },
    ]);
  });

  test("a control plane out of reach leaves the rest of the table", async () => {
    const { code, bad } = await examine({
      "GET /apis/kueue.x-k8s.io/v1beta2/workloads": { status: 503, body: { message: "etcd is away" } },
    });
    expect(code).toBe(2);
    expect(bad).toEqual([
      { part: "tasks", subject: "asking", level: "unknown", text: "etcd is away (HTTP 503)" },
    ]);
  });
});

describe("the table", () => {
  test("shows what needs a look, with what to do below it, and counts the rest", async () => {
    const { env } = await startFake({
      "GET /sql/projects/acme-dev/instances/flyte-dev-database": {
        body: { state: "RUNNABLE", settings: { activationPolicy: "NEVER" } },
      },
    });
    const token = () => Promise.resolve("t");
    const google = googleClient({ env, limits, now: Date.now, sleep: () => Promise.resolve(), token });
    const context = testContext({ configs: [config], env, google });
    expect(await doctor.run(context)).toBe(2);
    expect(context.stdout.text).toBe(
      [
        "X  database  flyte-dev-database  stopped",
        "                                 → gcloud sql instances patch flyte-dev-database --activation-policy ALWAYS --project acme-dev",
        "21 ok, 1 to fix, 0 to look at, 0 unknown, 0 not there yet; --all shows the rest\n",
      ].join("\n"),
    );
  });
});

describe("an organisation that wants keys of one's own", () => {
  const POLICY = "POST /policies/projects/acme-dev:getEffectiveOrgPolicy";
  const denying = (...services: string[]) => ({
    [POLICY]: { body: { listPolicy: { deniedValues: services.map((each) => `is:${each}.googleapis.com`) } } },
  });
  const told = async (reply: Record<string, Reply>, encryption?: EnvironmentConfig["encryption"]) =>
    (await examine(reply, {}, encryption ? { encryption } : {})).diagnoses
      .filter(({ part }) => part === "organisation policy")
      .map(({ subject, level, text, fix }) => `${level} ${subject}: ${text}${fix ? `; ${fix}` : ""}`);

  test("refuses what has none, each with the setting that gives it one", async () => {
    expect(await told(denying("sqladmin", "compute", "secretmanager", "bigquery"))).toEqual([
      "problem sqladmin.googleapis.com: the organisation refuses the database without a key of your own (gcp.restrictNonCmekServices); encryption: { enabled: true } in the environment file, before the first deploy (docs/configuration.md says what it replaces later)",
      "problem compute.googleapis.com: the organisation refuses the nodes' disks without a key of your own (gcp.restrictNonCmekServices); encryption: { enabled: true, nodes: true } in the environment file, before the first deploy (docs/configuration.md says what it replaces later)",
      "problem secretmanager.googleapis.com: the organisation refuses secrets without a key of your own (gcp.restrictNonCmekServices); encryption: { enabled: true, secrets: true } in the environment file, before the first deploy (docs/configuration.md says what it replaces later)",
    ]);
  });

  test("refuses nothing of an environment that encrypts all of it, even when it wants keys for everything", async () => {
    const all = { [POLICY]: { body: { listPolicy: { allValues: "DENY" } } } };
    expect(await told(all, { enabled: true, nodes: true, secrets: true })).toEqual([
      "ok gcp.restrictNonCmekServices: refuses nothing that the environment makes",
    ]);
    expect((await told(all, { enabled: true })).map((line) => line.split(":")[0])).toEqual([
      "problem container.googleapis.com",
      "problem compute.googleapis.com",
      "problem secretmanager.googleapis.com",
    ]);
  });

  test("that tells the caller nothing is no problem", async () => {
    expect(await told({ [POLICY]: { status: 403, body: { error: { message: "no" } } } })).toEqual([
      "later gcp.restrictNonCmekServices: not told: that takes roles/orgpolicy.policyViewer; gcloud projects add-iam-policy-binding acme-dev --member user:YOU --role roles/orgpolicy.policyViewer",
    ]);
  });
});
