import type { KubeApi } from "../api/client";
import { ignoring } from "../api/errors";
import { Informer } from "../api/informer";
import { type Pod, keyOf } from "../api/objects";
import { collections } from "../api/paths";
import { ControlPlane } from "../control-plane/control-plane";
import { Kueue } from "../control-plane/kueue";
import { Workspace } from "../control-plane/workspace";
import { type EnvironmentModel, modelOf } from "../objects/environment-model";
import { eventually } from "../objects/eventually";
import { installObjects } from "../objects/install";
import { inForce } from "../objects/policies";
import type { Synthesised } from "../objects/synthesised";
import { makeGeneralNodes } from "../provisioner/fake-node";
import type { Tools } from "../tools/build";
import { inLanes } from "./lanes";
import type { Supervisor } from "./supervisor";

const PODS = 500;

const WARM = 50;

/** As many calls at a time as Flyte's propeller has workers. */
const WORKERS = 40;

/** A round takes a minute and a half, most of it Kueue's own pace. In turns, so that what changes with time, on a busy machine above all, falls on both alike. */
const ROUNDS = [false, true, true, false] as const;

/** More than that, and the walls are felt. */
const MOST = 1.1;

/**
 * How long a map task of 500 pods takes from the creation of the first to the admission of the last: with the
 * environment's admission policies and without, in turns, on one real API server and one real Kueue.
 */
export async function timePolicies(
  synthesised: Synthesised,
  tools: Tools,
  supervisor: Supervisor,
): Promise<number> {
  const workspace = new Workspace(tools);
  supervisor.onStop(() => workspace.close());
  const plane = await ControlPlane.start(workspace, tools);
  const { api } = plane;
  await Kueue.start(plane, tools, synthesised.kueue);
  await makeGeneralNodes(api);
  await installObjects(plane, tools, { ...synthesised, policies: [] });
  for (const name of new Set(synthesised.policies.map((release) => release.namespace)))
    await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } }).catch(ignoring(409));
  const pods = podsOf(modelOf(synthesised));
  const namespace = pods[0]?.metadata.namespace ?? "";
  const informer = await new Informer<Pod>(api, collections.pods).start();
  const seconds = { with: [] as number[], without: [] as number[] };
  try {
    // Caches and connections are warm from then on.
    await admitted(api, informer, pods.slice(0, WARM));
    for (const policies of ROUNDS) {
      if (policies) await put(api, synthesised, namespace);
      const took = await admitted(api, informer, pods);
      console.log(`${policies ? "with" : "without"}: ${took.toFixed(1)} s`);
      seconds[policies ? "with" : "without"].push(took);
      if (policies) await take(api, synthesised, namespace);
    }
  } finally {
    await informer.stop();
    api.close();
    await workspace.close();
  }
  const ratio = mean(seconds.with) / mean(seconds.without);
  const line = (name: string, values: readonly number[]) =>
    `${name.padEnd(17)}${mean(values).toFixed(1)} s (${values.map((value) => value.toFixed(1)).join(", ")})`;
  console.log(`${PODS} pods, from the first one's creation to the last one's admission:`);
  console.log(line("without policies", seconds.without));
  console.log(line("with policies", seconds.with));
  console.log(`${ratio.toFixed(2)} × the time; ${MOST} are allowed`);
  return ratio <= MOST ? 0 : 1;
}

function podsOf({ teams, templates }: EnvironmentModel): readonly Pod[] {
  const namespace = teams[0]?.namespaces[0] ?? "";
  const template = templates.get(`${namespace}/tasks`);
  if (!template) throw new Error(`no PodTemplate ${namespace}/tasks`);
  const { metadata = {}, spec } = template.template;
  const quantities = { cpu: "10m", memory: "16Mi", "ephemeral-storage": "16Mi" };
  const resources = { requests: quantities, limits: quantities };
  const containers = spec.containers.map((container) => ({
    ...container,
    image: "ghcr.io/flyteorg/flytekit:py3.12-latest",
    resources,
  }));
  return Array.from({ length: PODS }, (_, index) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, name: `map-${index}`, namespace },
    spec: { ...spec, initContainers: undefined, containers },
  }));
}

/** Makes the pods, waits until Kueue has let all go, and takes them away again. In seconds, without the last. */
async function admitted(api: KubeApi, informer: Informer<Pod>, pods: readonly Pod[]): Promise<number> {
  const began = performance.now();
  await inLanes(pods, WORKERS, async (pod) => void (await api.create(pod)));
  await until(() => pods.every((pod) => isLetGo(informer.get(keyOf(pod)))));
  const seconds = (performance.now() - began) / 1000;
  await inLanes(pods, WORKERS, (pod) => api.remove(pod, 0));
  await until(() => pods.every((pod) => !informer.get(keyOf(pod))));
  return seconds;
}

function isLetGo(pod: Pod | undefined): boolean {
  return pod !== undefined && (pod.spec.schedulingGates ?? []).length === 0;
}

async function put(api: KubeApi, { policies }: Synthesised, namespace: string): Promise<void> {
  for (const release of policies) for (const manifest of release.manifests) await api.create(manifest);
  await eventually("the admission policies in force", () => inForce(api, namespace));
}

async function take(api: KubeApi, { policies }: Synthesised, namespace: string): Promise<void> {
  // Facts come first and go last: a policy that misses them refuses everything.
  const manifests = policies.flatMap((release) => release.manifests);
  for (const manifest of manifests.reverse()) await api.remove(manifest);
  await eventually("no admission policy in force", async () => !(await inForce(api, namespace)));
}

async function until(check: () => boolean): Promise<void> {
  const patience = 600_000;
  for (const began = performance.now(); !check();) {
    if (performance.now() - began > patience) throw new Error("500 pods took more than ten minutes");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
