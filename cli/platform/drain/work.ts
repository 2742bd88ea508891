import { tenantNamespaceLabels } from "../../../constructs/kueue/objects/tenant-namespace";
import type { KubernetesObject } from "../doctor/queues";
import type { KubernetesClient } from "../google/kubernetes";
import { listAll } from "../google/list-all";

export const KUEUE = "/apis/kueue.x-k8s.io/v1beta2";
/** Kueue's label on the pods that it manages, and its finalizer. */
export const MANAGED = "kueue.x-k8s.io/managed";

/** What a team has in the cluster, in pods; a job that has no pods yet counts as one that waits. */
export interface TeamWork {
  readonly team: string;
  readonly running: number;
  readonly waiting: number;
}

export interface Pod {
  readonly spec?: {
    readonly nodeName?: string;
    readonly schedulingGates?: readonly object[];
  };
  readonly status?: { readonly phase?: string };
}

export type PodObject = KubernetesObject & Pod;

export interface Work {
  readonly teams: readonly TeamWork[];
  /** What a queue waits for before it can go: pods that it let run, and reservations of quota. */
  readonly holding: number;
  /** Pods of tasks, the ended ones too. */
  readonly pods: readonly PodObject[];
}

/** What runs and waits in the namespaces of tasks. */
export async function workIn(kubernetes: KubernetesClient): Promise<Work> {
  const [namespaces, pods, workloads, teamOf] = await Promise.all([
    listAll(kubernetes, "/api/v1/namespaces"),
    listAll<Pod>(kubernetes, "/api/v1/pods"),
    listAll(kubernetes, `${KUEUE}/workloads`),
    teamsByNamespace(kubernetes),
  ]);
  const ofTasks = new Set(namespaces.filter(isOfTasks).map(({ metadata }) => metadata.name));
  const own = pods.filter(({ metadata }) => ofTasks.has(metadata.namespace ?? ""));
  const open = workloads.filter((workload) => !is(workload, "Finished"));
  const running = own.filter((pod) => !ended(pod) && !gated(pod));
  const waiting = [
    ...own.filter((pod) => !ended(pod) && gated(pod)),
    ...open.filter((workload) => !is(workload, "QuotaReserved") && !fromPods(workload)),
  ];
  const count = (team: string, of: readonly KubernetesObject[]) =>
    of.filter(({ metadata }) => teamOf(metadata.namespace ?? "") === team).length;
  const teams = new Set([...running, ...waiting].map(({ metadata }) => teamOf(metadata.namespace ?? "")));
  return {
    teams: [...teams].sort().map((team) => ({
      team,
      running: count(team, running),
      waiting: count(team, waiting),
    })),
    holding: Math.max(
      running.filter(({ metadata }) => metadata.labels?.[MANAGED] === "true").length,
      open.filter((workload) => is(workload, "QuotaReserved")).length,
    ),
    pods: own,
  };
}

/** A namespace belongs to the team whose queue its LocalQueues lead to; one without any stands for itself. */
async function teamsByNamespace(kubernetes: KubernetesClient): Promise<(namespace: string) => string> {
  const queues = await listAll(kubernetes, `${KUEUE}/clusterqueues`);
  const local = await listAll(kubernetes, `${KUEUE}/localqueues`);
  const cohorts = new Map(queues.map(({ metadata, spec }) => [metadata.name, spec?.["cohortName"]]));
  const teams = new Map(
    local.map(({ metadata, spec }) => [
      metadata.namespace ?? "",
      cohorts.get(String(spec?.["clusterQueue"])) ?? spec?.["clusterQueue"],
    ]),
  );
  return (namespace) => String(teams.get(namespace) ?? namespace);
}

function isOfTasks({ metadata: { labels = {} } }: KubernetesObject): boolean {
  return labels["kueue-managed"] === tenantNamespaceLabels["kueue-managed"];
}

export function ended({ status }: Pod): boolean {
  return status?.phase === "Succeeded" || status?.phase === "Failed";
}

function gated({ spec }: Pod): boolean {
  return (spec?.schedulingGates ?? []).length > 0;
}

function fromPods({ metadata }: KubernetesObject): boolean {
  return (metadata.ownerReferences ?? []).some(({ kind }) => kind === "Pod");
}

function is({ status }: KubernetesObject, wanted: string): boolean {
  return status?.conditions?.find(({ type }) => type === wanted)?.status === "True";
}
