import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError } from "../../../rehearsal/api/errors";
import type { Pod } from "../../../rehearsal/api/objects";
import type { ControlPlane } from "../../../rehearsal/control-plane/control-plane";
import { eventually } from "../../../rehearsal/objects/eventually";
import { inForce, typesChecked } from "../../../rehearsal/objects/policies";
import { readSynthesised, type Synthesised } from "../../../rehearsal/objects/synthesised";
import { buildApp } from "../../../src/app";
import { defineEnvironments } from "../../../src/environment/define";
import { prod } from "../../support/environments/prod";
import { hasGo, startApiServer } from "../support/real-api-server";

const withGo = hasGo ? describe : describe.skip;
if (!hasGo) console.warn("no Go here: that the policies fit the limits of a real API server is not tested");

// To judge such a pod takes a second, and several on a busy machine.

const TEAMS = 50;
const PROJECTS = 4;
const DOMAINS = ["development", "production"];
const LAST = `p${TEAMS - 1}x${PROJECTS - 1}-production`;

/** Fifty teams with four projects in two domains: four hundred namespaces, near the most that an environment may have. */
function manyTeams(outdir: string): Synthesised {
  const projects = (team: number) => Array.from({ length: PROJECTS }, (_, project) => `p${team}x${project}`);
  const teams = Object.fromEntries(
    Array.from({ length: TEAMS }, (_, team) => [
      `team${team}`,
      {
        projects: projects(team),
        group: `team${team}@acme.example`,
        cpu: 10,
        memoryGib: 40,
        gpus: { l4: 1, "h100-flex": 1, "h100-dws": 8, any: 1 },
      },
    ]),
  );
  const any = { gpu: "l4", provisioning: "ladder", ladder: ["on-demand", "spot"] } as const;
  const flavors = { ...prod.queues?.flavors, any };
  const { environments } = defineEnvironments([
    { ...prod, queues: { ...prod.queues, flavors, teams }, flyte: { ...prod.flyte, domains: DOMAINS } },
  ]);
  buildApp(environments, { outdir }).synth();
  return readSynthesised(outdir, "prod");
}

/** A pod with as much in it as a policy may ever have to look at. */
function largePod(change: Partial<Pod["metadata"]> = {}): Pod {
  const env = Array.from({ length: 200 }, (_, index) => ({
    name: `VARIABLE_${index}`,
    value: "x".repeat(100),
  }));
  const container = (_: unknown, index: number) => ({
    name: `c${index}`,
    image: "ghcr.io/flyteorg/flytekit:py3.12-latest",
    env,
    securityContext: { allowPrivilegeEscalation: false },
  });
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "large", namespace: LAST, labels: { "kueue.x-k8s.io/queue-name": "tasks" }, ...change },
    spec: {
      containers: Array.from({ length: 20 }, container),
      initContainers: Array.from({ length: 10 }, container).map((each) => ({
        ...each,
        name: `i${each.name}`,
      })),
      volumes: Array.from({ length: 50 }, (_, index) => ({ name: `v${index}`, emptyDir: {} })),
      tolerations: Array.from({ length: 50 }, (_, index) => ({ key: `taint-${index}`, operator: "Exists" })),
    },
  };
}

withGo("the policies of fifty teams with four projects each, on a real API server", () => {
  const folder = mkdtempSync(join(tmpdir(), "policies-"));
  let close: (() => Promise<void>) | undefined;
  let plane: ControlPlane;

  beforeAll(async () => {
    ({ plane, close } = await startApiServer());
    const { api } = plane;
    for (const name of ["flyte", LAST])
      await api.create({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name, labels: name === LAST ? { "kueue-managed": "true" } : {} },
      });
    for (const { manifests } of manyTeams(folder).policies)
      for (const manifest of manifests) await api.create(manifest);
    await eventually("the account of the namespace", () =>
      api.ok(`/api/v1/namespaces/${LAST}/serviceaccounts/default`),
    );
    await eventually("the policies in force", () => inForce(api, LAST));
  }, 3_600_000);

  afterAll(async () => {
    await close?.();
    rmSync(folder, { recursive: true, force: true });
  });

  const refusalOf = (pod: Pod) =>
    plane.api.tryCreate(pod).then(
      () => undefined,
      (error: unknown) => (error instanceof ApiError ? `${error.status} ${error.said}` : String(error)),
    );

  test("are accepted, and their expressions have the right types", () =>
    expect(typesChecked(plane.api)).resolves.toBeUndefined());

  test("judge the largest of pods within what an expression may cost", async () =>
    expect(await refusalOf(largePod())).toBeUndefined());

  test("know the facts of the last of four hundred namespaces", async () => {
    expect(await refusalOf(largePod({ labels: { "kueue.x-k8s.io/queue-name": "a100" } }))).toContain(
      "422 pods \"large\" is forbidden: ValidatingAdmissionPolicy 'wall-queue' with binding 'wall-queue' denied request: pod large must be in a queue of its namespace (tasks, any, h100-dws), got \"a100\"",
    );
  });

  const onLadder = (more: Record<string, string>): Pod => {
    const pod = largePod({ labels: { "kueue.x-k8s.io/queue-name": "any" } });
    const [first, ...others] = pod.spec.containers;
    const resources = { limits: { "nvidia.com/gpu": "1" } };
    const nodeSelector = { "cloud.google.com/compute-class": "any", ...more };
    return { ...pod, spec: { ...pod.spec, containers: [{ ...first!, resources }, ...others], nodeSelector } };
  };

  test("let a task onto a ladder, and refuse for good what GKE would refuse again and again", async () => {
    expect(await refusalOf(onLadder({}))).toBeUndefined();
    expect(await refusalOf(onLadder({ "cloud.google.com/gke-spot": "true" }))).toBe(
      "422 pods \"large\" is forbidden: ValidatingAdmissionPolicy 'wall-gpu' with binding 'wall-gpu' denied request: pod large names the ladder any, whose steps say which nodes: leave out interruptible=True, accelerator=... and node affinity",
    );
    const accelerator = { key: "cloud.google.com/gke-accelerator", operator: "In", values: ["nvidia-l4"] };
    const term = { nodeSelectorTerms: [{ matchExpressions: [accelerator] }] };
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: term } };
    const pod = onLadder({});
    expect(await refusalOf({ ...pod, spec: { ...pod.spec, affinity } })).toContain("names the ladder any");
  });

  test("ask the authorizer within that cost too", async () => {
    const owner = { apiVersion: "ray.io/v1", kind: "RayCluster", name: "r", uid: "1", controller: true };
    expect(
      await refusalOf(largePod({ ownerReferences: [owner] } as Partial<Pod["metadata"]>)),
    ).toBeUndefined();
  });

  test("keep every team's images from the others, within that cost, and however the registry is written", async () => {
    const repository = (team: number) => `acme-ml-prod/flyte-prod-team-team${team}/`;
    const running = (image: string) => {
      const pod = largePod();
      const containers = pod.spec.containers.map((each) => ({ ...each, image }));
      return { ...pod, spec: { ...pod.spec, containers } };
    };
    // It refuses a registry that is written otherwise too, and which of two refusals is told first is chance.
    const binding = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
    };
    await plane.api.remove({ ...binding, metadata: { name: "tasks-images" } });
    await eventually(
      "images from anywhere",
      async () => (await refusalOf(running("docker.io/library/task:1"))) === undefined,
    );
    expect(
      await refusalOf(running(`us-central1-docker.pkg.dev/${repository(TEAMS - 1)}task:1`)),
    ).toBeUndefined();
    for (const host of ["us-central1-docker.pkg.dev", "us-central1-docker.pkg.dev:443", "US-docker.pkg.dev"])
      expect(await refusalOf(running(`${host}/${repository(3)}task:1`))).toMatch(
        /^422 .*'wall-team-images' .*denied request: pod large must not run an image of another team \(/,
      );
  });
});
