import { KUEUE_NAMESPACE } from "../../../stacks/platform/platform-context";
import type { KubernetesClient } from "../google/kubernetes";
import { listAll } from "../google/list-all";
import { ended, KUEUE, MANAGED, type PodObject } from "./work";

/** A pod whose time to end is over for this long will not end by itself. */
const OVERDUE = 60_000;

/** Something that hangs: why, and what ends it. */
export interface Stuck {
  readonly what: string;
  /** What a person runs. */
  readonly command: string;
  /** The same by this program, where it can lose nothing. */
  readonly mend?: () => Promise<void>;
}

/** Pods and queues that are to go and cannot: their node is gone, or the Kueue that would lift its finalizer. */
export async function stuckIn(
  kubernetes: KubernetesClient,
  pods: readonly PodObject[],
  now: number,
): Promise<readonly Stuck[]> {
  const overdue = pods.filter(({ metadata }) => now - Date.parse(metadata.deletionTimestamp ?? "") > OVERDUE);
  const queues = (await listAll(kubernetes, `${KUEUE}/clusterqueues`)).filter(
    ({ metadata }) => metadata.deletionTimestamp !== undefined,
  );
  if (overdue.length + queues.length === 0) return [];
  const nodes = new Set((await listAll(kubernetes, "/api/v1/nodes")).map(({ metadata }) => metadata.name));
  const gone = await kueueIsGone(kubernetes);
  return [
    ...overdue.map((pod) => stuckPod(kubernetes, pod, gone, nodes)),
    ...(gone ? queues.map(({ metadata: { name } }) => stuckQueue(kubernetes, name)) : []),
  ];
}

/** Nobody is left to drain a queue or to lift a finalizer. A Kueue that is only ill comes back. */
export async function kueueIsGone(kubernetes: KubernetesClient): Promise<boolean> {
  const path = `/apis/apps/v1/namespaces/${KUEUE_NAMESPACE}/deployments`;
  return (await listAll(kubernetes, path)).length === 0;
}

function stuckPod(
  kubernetes: KubernetesClient,
  pod: PodObject,
  kueueGone: boolean,
  nodes: ReadonlySet<string>,
): Stuck {
  const { name, namespace = "", finalizers = [] } = pod.metadata;
  const node = pod.spec?.nodeName;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  const onNode = !ended(pod) && node !== undefined && nodes.has(node);
  if (kueueGone && finalizers.includes(MANAGED) && !onNode)
    return {
      what: `pod ${namespace}/${name} waits for a Kueue that is gone to lift its finalizer`,
      command: `kubectl patch pod ${name} --namespace ${namespace} --type merge --patch '{"metadata":{"finalizers":null}}'`,
      mend: () =>
        kubernetes.patch(path, { metadata: { finalizers: finalizers.filter((each) => each !== MANAGED) } }),
    };
  const command = `kubectl delete pod ${name} --namespace ${namespace} --force --grace-period 0`;
  if (node === undefined || ended(pod) || onNode)
    return {
      what: `pod ${namespace}/${name} does not end${onNode ? `; does its node ${node} still answer?` : `; held by ${finalizers.join(", ") || "nothing that it names"}`}`,
      command,
    };
  return {
    what: `pod ${namespace}/${name} is left from node ${node}, which is gone`,
    command,
    mend: () => kubernetes.delete(path, { gracePeriodSeconds: 0 }),
  };
}

function stuckQueue(kubernetes: KubernetesClient, name: string): Stuck {
  return {
    what: `ClusterQueue ${name} waits for a Kueue that is gone to lift its finalizer`,
    command: `kubectl patch clusterqueue ${name} --type merge --patch '{"metadata":{"finalizers":null}}'`,
    mend: () => kubernetes.patch(`${KUEUE}/clusterqueues/${name}`, { metadata: { finalizers: null } }),
  };
}
