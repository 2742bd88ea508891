import type { KubernetesClient } from "../google/kubernetes";
import type { Diagnosis } from "./diagnosis";
import type { Condition, KubernetesObject, ObjectList } from "./queues";

/** From this on a task that waits is worth a look. */
const LONG = 15 * 60_000;
/** A provisioning request that waits longer than this may have been forgotten (autoscaler#9490). */
const FORGOTTEN = 24 * 3_600_000;
/** Lines of a kind; the rest is counted. */
const MOST = 10;

/** Tasks that wait, and why, in Kueue's own words; the longest first. */
export async function waitingWorkloads(kubernetes: KubernetesClient, now: number): Promise<Diagnosis[]> {
  const { items = [] } = await kubernetes.get<ObjectList>("/apis/kueue.x-k8s.io/v1beta2/workloads");
  const lines = [...items].sort(byAge).flatMap((workload) => waitOf(workload, now));
  const running = items.filter((workload) => is(workload, "Admitted") && !is(workload, "Finished")).length;
  return [
    { part: "tasks", subject: "in queues", level: "ok", text: `${items.length} in all, ${running} admitted` },
    ...shortened(lines, "more wait: kubectl get workloads --all-namespaces"),
  ];
}

function waitOf(workload: KubernetesObject, now: number): Diagnosis[] {
  const { metadata, spec } = workload;
  if (is(workload, "Finished")) return [];
  const line = { part: "tasks", subject: `${metadata.namespace}/${metadata.name}` };
  const queue = String(spec?.["queueName"] ?? "");
  if (spec?.["active"] === false)
    return [
      {
        ...line,
        level: "problem",
        text: `rejected in queue ${queue}: ${condition(workload, "Evicted")?.message ?? "deactivated"}`,
        fix: "its task fails by itself and Flyte may retry it; abort the execution to be rid of it",
      },
    ];
  const age = now - Date.parse(metadata.creationTimestamp ?? "");
  if (is(workload, "Admitted") || !(age > LONG)) return [];
  const reserved = condition(workload, "QuotaReserved");
  const why = is(workload, "QuotaReserved")
    ? "has quota; its nodes are not there yet"
    : (reserved?.message ?? "Kueue has not looked at it");
  return [{ ...line, level: "warning", text: `waits ${duration(age)} in queue ${queue}: ${why}` }];
}

/** Requests for nodes, and how far Google is with them. */
export async function provisioningRequests(kubernetes: KubernetesClient, now: number): Promise<Diagnosis[]> {
  const { items = [] } = await kubernetes.get<ObjectList>(
    "/apis/autoscaling.x-k8s.io/v1/provisioningrequests",
  );
  return shortened(
    [...items].sort(byAge).map((request) => stateOf(request, now)),
    "more: kubectl get provisioningrequests --all-namespaces",
  );
}

function stateOf(request: KubernetesObject, now: number): Diagnosis {
  const { namespace, name, creationTimestamp } = request.metadata;
  const line = { part: "requests", subject: `${namespace}/${name}` };
  const age = now - Date.parse(creationTimestamp ?? "");
  const failed = condition(request, "Failed");
  const provisioned = condition(request, "Provisioned");
  if (failed?.status === "True")
    return {
      ...line,
      level: "problem",
      text: `failed, ${failed.reason ?? ""}: ${failed.message ?? ""}`,
      fix: reasons[failed.reason ?? ""] ?? "Kueue asks again; see retry of the flavor",
    };
  if (is(request, "CapacityRevoked"))
    return { ...line, level: "warning", text: "its time is over: the nodes are being taken back" };
  if (provisioned?.status === "True") return { ...line, level: "ok", text: "has its nodes" };
  const told = provisioned?.message ?? condition(request, "Accepted")?.message ?? "not accepted yet";
  return {
    ...line,
    level: age > FORGOTTEN ? "warning" : "ok",
    text: `waits ${duration(age)}: ${told}`,
    ...(age > FORGOTTEN && {
      fix: `if nobody expects that long a wait: kubectl delete provisioningrequest ${name} --namespace ${namespace}; Kueue makes a new one`,
    }),
  };
}

const reasons: Readonly<Record<string, string>> = {
  QuotaExceeded: "ask Google for more preemptible GPU quota (the quotas above)",
  InvalidMachineType: "the region has no such machine: choose another GPU or gpusPerNode",
  OutOfResources: "no capacity; Kueue asks again",
  PermissionDenied: "the cluster's service agent lacks a role: roles/container.serviceAgent",
};

function condition({ status }: KubernetesObject, wanted: string): Condition | undefined {
  return status?.conditions?.find(({ type }) => type === wanted);
}

function is(object: KubernetesObject, wanted: string): boolean {
  return condition(object, wanted)?.status === "True";
}

function byAge(a: KubernetesObject, b: KubernetesObject): number {
  return (a.metadata.creationTimestamp ?? "") < (b.metadata.creationTimestamp ?? "") ? -1 : 1;
}

function shortened(lines: readonly Diagnosis[], rest: string): Diagnosis[] {
  const [first] = lines;
  if (!first || lines.length <= MOST) return [...lines];
  const left = lines.length - MOST;
  return [
    ...lines.slice(0, MOST),
    { part: first.part, subject: `${left} others`, level: "warning", text: rest },
  ];
}

function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 60 / 24)} days`;
}
