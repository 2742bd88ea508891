import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError } from "../../../rehearsal/api/errors";
import type { KubeObject, PodTemplate } from "../../../rehearsal/api/objects";
import { objectPath } from "../../../rehearsal/api/paths";
import type { ControlPlane } from "../../../rehearsal/control-plane/control-plane";
import { eventually } from "../../../rehearsal/objects/eventually";
import { inForce, typesChecked } from "../../../rehearsal/objects/policies";
import { readSynthesised, type Synthesised } from "../../../rehearsal/objects/synthesised";
import { buildApp } from "../../../src/app";
import { defineEnvironments } from "../../../src/environment/define";
import { gangs } from "../../../examples/gangs/gangs";
import { hasGo, startApiServer } from "../support/real-api-server";

const withGo = hasGo ? describe : describe.skip;
if (!hasGo) console.warn("no Go here: whose volumes a task may mount is not tried on a real API server");

/** Of research, which has `datasets` and `scratch`; and of product, which has `products`. */
const OWN = "vision-development";
const OTHER = "search-development";

function synthesised(outdir: string): Synthesised {
  buildApp(defineEnvironments([gangs]).environments, { outdir }).synth();
  return readSynthesised(outdir, gangs.name);
}

const bucket = (bucketName: string) => ({
  name: "data",
  csi: { driver: "gcsfuse.csi.storage.gke.io", volumeAttributes: { bucketName } },
});
const server = { name: "data", nfs: { server: "10.8.0.2", path: "/tasks" } };

withGo("the volumes of teams, on a real API server", () => {
  const folder = mkdtempSync(join(tmpdir(), "volumes-"));
  let close: (() => Promise<void>) | undefined;
  let plane: ControlPlane;
  const templates = new Map<string, PodTemplate>();

  beforeAll(async () => {
    ({ plane, close } = await startApiServer());
    const { api } = plane;
    const { tenants, policies, operators } = synthesised(folder);
    await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "flyte" } });
    const kinds = (operators.training ?? []).filter(({ name }) => name === "training-crds");
    for (const { manifests } of [...kinds, ...policies])
      for (const manifest of manifests) await api.create(manifest);
    for (const { manifests } of tenants)
      // Of Kueue there are no kinds here: what it makes of such pods the rehearsal plays.
      for (const manifest of manifests.filter(({ kind }) => kind !== "LocalQueue")) {
        await api.create(manifest);
        const { name, namespace = "" } = manifest.metadata;
        if (manifest.kind === "PodTemplate")
          templates.set(`${namespace}/${name}`, manifest as unknown as PodTemplate);
      }
    for (const namespace of [OWN, OTHER]) {
      await eventually("the account of the namespace", () =>
        api.ok(`/api/v1/namespaces/${namespace}/serviceaccounts/default`),
      );
      await eventually("the policies in force", () => inForce(api, namespace));
    }
    await eventually(
      "the walls of volumes in force",
      async () => (await refusalOf(pod(OTHER, [server])))?.startsWith("422 ") ?? false,
    );
  }, 3_600_000);

  afterAll(async () => {
    await close?.();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A task's pod as Flyte makes it of the namespace's template, with volumes of its author's own beside the team's. */
  function pod(namespace: string, volumes: readonly object[] = [], template = "tasks"): KubeObject {
    const { metadata, spec } = templates.get(`${namespace}/${template}`)!.template;
    const [base] = spec.containers;
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...metadata, name: "task", namespace },
      spec: {
        ...spec,
        initContainers: undefined,
        containers: [{ ...base, image: "ghcr.io/flyteorg/flytekit:1" }],
        volumes: [...((spec as { volumes?: object[] }).volumes ?? []), ...volumes],
      },
    } as unknown as KubeObject;
  }

  /** What an operator makes pods of. */
  function job(namespace: string, volumes: readonly object[]): KubeObject {
    const { metadata, spec } = pod(namespace, volumes) as KubeObject & { spec: object };
    const { labels } = metadata;
    return {
      apiVersion: "kubeflow.org/v1",
      kind: "PyTorchJob",
      metadata: { name: "train", namespace, labels },
      spec: {
        runPolicy: { cleanPodPolicy: "Running" },
        pytorchReplicaSpecs: { Worker: { replicas: 2, template: { metadata: { labels }, spec } } },
      },
    } as unknown as KubeObject;
  }

  const refusalOf = (object: KubeObject) =>
    plane.api.tryCreate(object).then(
      () => undefined,
      (error: unknown) => (error instanceof ApiError ? `${error.status} ${error.said}` : String(error)),
    );

  test("have expressions of the right types", () => expect(typesChecked(plane.api)).resolves.toBeUndefined());

  test("are mounted by the team's own tasks, by all of its templates", async () => {
    expect(await refusalOf(pod(OWN))).toBeUndefined();
    expect(await refusalOf(pod(OTHER))).toBeUndefined();
    // Whoever brings a bucket that is nobody's volume brings no right to it.
    expect(await refusalOf(pod(OTHER, [bucket("somebody-elses")]))).toBeUndefined();
    expect(await refusalOf(job(OWN, []))).toBeUndefined();
  });

  test.each<[string, () => KubeObject, string]>([
    [
      "a bucket of another team",
      () => pod(OTHER, [bucket("acme-flyte-datasets")]),
      "pod task must not mount a bucket of another team (acme-flyte-datasets); have it given to your team, as a volume or by access (queues.teams)",
    ],
    [
      "the same from the other side",
      () => pod(OWN, [bucket("acme-flyte-products")]),
      "pod task must not mount a bucket of another team (acme-flyte-products); ",
    ],
    [
      "a file server by its address",
      () => pod(OTHER, [server]),
      "pod task must not mount a file server by its address (nfs); ",
    ],
    [
      "its own team's by its address",
      () => pod(OWN, [server]),
      "pod task must not mount a file server by its address (nfs); ",
    ],
    [
      "a bucket of another team in a job's pods",
      () => job(OTHER, [bucket("acme-flyte-datasets")]),
      "PyTorchJob train must not mount a bucket of another team (acme-flyte-datasets); ",
    ],
    [
      "a file server in a job's pods",
      () => job(OTHER, [server]),
      "PyTorchJob train must not mount a file server by its address (nfs); ",
    ],
  ])("refuse for good: %s", async (_, refused, says) => {
    const refusal = await refusalOf(refused());
    expect(refusal).toMatch(/^422 /);
    expect(refusal).toContain(says);
  });

  const phaseOf = async (name: string, namespace: string) => {
    const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name, namespace } };
    const { status } = await plane.api.get<{ status?: { phase?: string } }>(objectPath(claim));
    return status?.phase;
  };

  test("are bound to the claims of their own namespaces, and to no other's that asks for them", async () => {
    await eventually("the claim bound", async () => (await phaseOf("volume-scratch", OWN)) === "Bound");
    // Nobody of a team may write claims; a task may have Kubernetes write one, for a volume of its pod's own.
    await plane.api.create({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "volume-scratch", namespace: OTHER },
      spec: {
        accessModes: ["ReadWriteMany"],
        storageClassName: "",
        volumeName: `${OWN}-volume-scratch`,
        resources: { requests: { storage: "1Gi" } },
      },
    });
    // As long as the other took to be bound, many times over.
    await new Promise((done) => setTimeout(done, 5000));
    expect(await phaseOf("volume-scratch", OTHER)).not.toBe("Bound");
    expect(await phaseOf("volume-scratch", OWN)).toBe("Bound");
  });
});
