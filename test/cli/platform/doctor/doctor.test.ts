import { doctor } from "../../../../cli/platform/commands/doctor";
import { googleClient } from "../../../../cli/platform/google/client";
import { limits } from "../../../../cli/platform/limits";
import { platformServices } from "../../../../constructs/google/platform-services";
import { testContext } from "../test-context";
import { config, examine, healthy, needs, startFake } from "./examine";

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
            { metric: "CPUS", limit: 500, usage: 0 },
            { metric: "SSD_TOTAL_GB", limit: 500, usage: 0 },
            { metric: "IN_USE_ADDRESSES", limit: 8, usage: 0 },
            { metric: "NVIDIA_L4_GPUS", limit: 1, usage: 0 },
            { metric: "PREEMPTIBLE_NVIDIA_H100_GPUS", limit: 0, usage: 0 },
          ],
        },
      },
    });
    expect(bad.map(({ subject, level, text }) => [subject, level, text])).toEqual([
      [
        "SSD_TOTAL_GB",
        "warning",
        "500 of 600 needed (boot disks of about 6 nodes, 100 GB each): the others wait",
      ],
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

describe("the table", () => {
  test("shows what needs a look, with what to do below it, and counts the rest", async () => {
    const fake = await startFake({
      "GET /sql/projects/acme-dev/instances/flyte-dev-database": {
        body: { state: "RUNNABLE", settings: { activationPolicy: "NEVER" } },
      },
    });
    const { env } = fake;
    const token = () => Promise.resolve("t");
    const google = googleClient({ env, limits, now: Date.now, sleep: () => Promise.resolve(), token });
    const context = testContext({ configs: [config], env, google });
    expect(await doctor.run(context).finally(() => fake.stop())).toBe(2);
    expect(context.stdout.text).toBe(
      [
        "X  database  flyte-dev-database  stopped",
        "                                 → gcloud sql instances patch flyte-dev-database --activation-policy ALWAYS --project acme-dev",
        "25 ok, 1 to fix, 0 to look at, 0 unknown, 0 not there yet; --all shows the rest\n",
      ].join("\n"),
    );
  });
});
