import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError } from "../../../rehearsal/api/errors";
import type { KubeObject } from "../../../rehearsal/api/objects";
import type { ControlPlane } from "../../../rehearsal/control-plane/control-plane";
import { eventually } from "../../../rehearsal/objects/eventually";
import { inForce, typesChecked } from "../../../rehearsal/objects/policies";
import { readSynthesised, type Synthesised } from "../../../rehearsal/objects/synthesised";
import { buildApp } from "../../../src/app";
import { defineEnvironments } from "../../../src/environment/define";
import { dev } from "../../support/environments/dev";
import { hasGo, startApiServer } from "../support/real-api-server";

const withGo = hasGo ? describe : describe.skip;
if (!hasGo) console.warn("no Go here: what the policies say of jobs is not tried on a real API server");

const TEAM = "vision-development";
const QUEUE = "kueue.x-k8s.io/queue-name";
const PRIORITY = "kueue.x-k8s.io/priority-class";
const DOCKER = "us-central1-docker.pkg.dev/acme-ml-dev/flyte-dev-docker-io";
const OURS = "ghcr.io/acme/train:1";

function synthesised(outdir: string): Synthesised {
  const admission = { mode: "enforce", registries: ["ghcr.io/acme/"] } as const;
  const { environments } = defineEnvironments([
    { ...dev, addOns: { training: { tensorflow: true }, ray: {} }, policies: { admission } },
  ]);
  buildApp(environments, { outdir }).synth();
  return readSynthesised(outdir, "dev");
}

/** A job as an author writes it who does all that is asked. */
function job(
  { queue = "tasks", priority = "development", kind = "PyTorchJob" } = {},
  { image = OURS, first = OURS } = {},
): KubeObject {
  const labels = { [QUEUE]: queue, [PRIORITY]: priority };
  const template = {
    metadata: { labels },
    spec: { initContainers: [{ name: "first", image: first }], containers: [{ name: "pytorch", image }] },
  };
  return {
    apiVersion: "kubeflow.org/v1",
    kind,
    metadata: { name: "train", namespace: TEAM, labels },
    spec: {
      runPolicy: { cleanPodPolicy: "Running" },
      [kind === "TFJob" ? "tfReplicaSpecs" : "pytorchReplicaSpecs"]: { Worker: { replicas: 4, template } },
    },
  } as KubeObject;
}

/** Kinds of Ray's chart, as far as policies ask: what is served. */
const rayJobs = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "rayjobs.ray.io" },
  spec: {
    group: "ray.io",
    names: { kind: "RayJob", listKind: "RayJobList", plural: "rayjobs", singular: "rayjob" },
    scope: "Namespaced",
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};

const gpus = { "nvidia.com/gpu": "8" };
const accelerator = { "cloud.google.com/gke-accelerator": "nvidia-l4" };
const rayPod = (limits: object = {}, nodeSelector?: object, image = OURS) => ({
  spec: {
    ...(nodeSelector && { nodeSelector }),
    containers: [{ name: "ray", image, resources: { limits } }],
  },
});

/** A RayJob with groups of workers, as Flyte makes one of a task that does all that is asked. */
function rayJob(
  groups: readonly object[] = [rayPod(gpus, accelerator)],
  {
    head = rayPod(),
    submitter = rayPod(),
    ...spec
  }: { head?: object; submitter?: object } & Record<string, unknown> = {},
  cluster: object = {},
): KubeObject {
  return {
    apiVersion: "ray.io/v1",
    kind: "RayJob",
    metadata: { name: "tune", namespace: TEAM, labels: { [QUEUE]: "tasks", [PRIORITY]: "development" } },
    spec: {
      shutdownAfterJobFinishes: true,
      ttlSecondsAfterFinished: 10,
      submitterPodTemplate: submitter,
      ...spec,
      rayClusterSpec: {
        headGroupSpec: { template: head },
        workerGroupSpecs: groups.map((template, index) => ({ groupName: `g${index}`, template })),
        ...cluster,
      },
    },
  } as KubeObject;
}

withGo("the policies of jobs, on a real API server", () => {
  const folder = mkdtempSync(join(tmpdir(), "policies-of-jobs-"));
  let close: (() => Promise<void>) | undefined;
  let plane: ControlPlane;

  beforeAll(async () => {
    ({ plane, close } = await startApiServer());
    const { api } = plane;
    const { policies, operators } = synthesised(folder);
    const labels = { "kueue-managed": "true" };
    await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "flyte" } });
    await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: TEAM, labels } });
    // Of the add-on the kinds alone; its operator has no part in this.
    const kinds = (operators.training ?? []).filter(({ name }) => name === "training-crds");
    await api.create(rayJobs);
    for (const { manifests } of [...kinds, ...policies])
      for (const manifest of manifests) await api.create(manifest);
    await eventually("the account of the namespace", () =>
      api.ok(`/api/v1/namespaces/${TEAM}/serviceaccounts/default`),
    );
    await eventually("the policies in force", () => inForce(api, TEAM));
    await eventually("the policies of jobs in force", async () => {
      const refusal = await refusalOf(job({ queue: "nobody" }, { image: "evil.example/a:1" }));
      return refusal?.startsWith("422 ") ?? false;
    });
  }, 3_600_000);

  afterAll(async () => {
    await close?.();
    rmSync(folder, { recursive: true, force: true });
  });

  const refusalOf = (object: KubeObject) =>
    plane.api.tryCreate(object).then(
      () => undefined,
      (error: unknown) => (error instanceof ApiError ? `${error.status} ${error.said}` : String(error)),
    );

  test("have expressions of the right types", () => expect(typesChecked(plane.api)).resolves.toBeUndefined());

  test.each(["PyTorchJob", "TFJob"])("let a %s in that does all that is asked", async (kind) =>
    expect(await refusalOf(job({ kind }))).toBeUndefined(),
  );

  test("let a RayJob in whose GPUs are in its groups of workers, or that has none", async () => {
    expect(await refusalOf(rayJob())).toBeUndefined();
    expect(await refusalOf(rayJob([rayPod(), rayPod(gpus, accelerator)]))).toBeUndefined();
    expect(await refusalOf(rayJob([]))).toBeUndefined();
  });

  test.each([
    [
      "a size that changes",
      rayJob(undefined, {}, { enableInTreeAutoscaling: true }),
      "must not change its size",
    ],
    [
      "a cluster that outlives its job",
      rayJob(undefined, { ttlSecondsAfterFinished: 3600 }),
      "must end its cluster within 60 s",
    ],
    [
      "a cluster that stays",
      rayJob(undefined, { shutdownAfterJobFinishes: false }),
      "must end its cluster within 60 s",
    ],
    [
      "a head on a GPU's node",
      rayJob(undefined, { head: rayPod({}, accelerator) }),
      "must name a GPU only for pods that ask for GPUs, got the head",
    ],
    [
      "an image of the pod that submits",
      rayJob(undefined, { submitter: rayPod({}, undefined, "evil.example/a:1") }),
      "must not run evil.example/a:1",
    ],
  ])("refuse a RayJob with %s", async (_, object, text) => {
    const refusal = await refusalOf(object);
    expect(refusal).toMatch(/^422 /);
    expect(refusal).toContain(`denied request: RayJob tune ${text}`);
  });

  test("let the image in that the operator puts beside a task", async () =>
    expect(await refusalOf(job({}, { first: `${DOCKER}/library/alpine:3.21.3` }))).toBeUndefined());

  test.each([
    [
      "another image of that mirror",
      job({}, { first: `${DOCKER}/library/busybox:1` }),
      `PyTorchJob train must not run ${DOCKER}/library/busybox:1; `,
    ],
    [
      "one that only begins like the operator's",
      job({}, { first: `${DOCKER}/library/alpine:3.21.30` }),
      `PyTorchJob train must not run ${DOCKER}/library/alpine:3.21.30; `,
    ],
    [
      "another's queue",
      job({ queue: "a100" }),
      "PyTorchJob train must be in a queue of its namespace (tasks)",
    ],
    [
      "TensorFlow's",
      job({ queue: "a100", kind: "TFJob" }),
      "TFJob train must be in a queue of its namespace",
    ],
    [
      "another domain's priority",
      job({ priority: "production" }),
      "PyTorchJob train must have a priority of its domain in its label kueue.x-k8s.io/priority-class (development",
    ],
    [
      "an image from elsewhere",
      job({}, { image: "evil.example/a:1" }),
      "PyTorchJob train must not run evil.example/a:1; push it to ",
    ],
    [
      "one that runs first",
      job({}, { first: "evil.example/b:1" }),
      "PyTorchJob train must not run evil.example/b:1; ",
    ],
    [
      "TensorFlow's image",
      job({ kind: "TFJob" }, { image: "evil.example/a:1" }),
      "TFJob train must not run evil.example/a:1; ",
    ],
  ])("refuse for good: %s", async (_, refused, says) => {
    const refusal = await refusalOf(refused);
    expect(refusal).toMatch(/^422 /);
    expect(refusal).toContain(says);
  });
});
