import { type Attributes, type Stack, resourcesOf } from "./synthesised-stack";

/** Pods that always run, and what each asks for: on Autopilot that is what is paid. */
export interface RunningPods {
  readonly part: string;
  readonly pods: number;
  readonly cpu: number;
  readonly memoryGib: number;
}

interface Workload {
  readonly replicaCount?: number;
  readonly autoscaling?: { readonly enabled?: boolean; readonly minReplicas?: number };
  readonly enabled?: boolean;
  readonly resources?: { readonly requests?: { readonly cpu?: string; readonly memory?: string } };
}

/** The parts of Flyte, in either topology, from the values that its chart gets: those of one's own are in them. */
export function flytePods(stacks: readonly Stack[]): readonly RunningPods[] {
  return releases(stacks).flatMap(({ chart, values }): readonly RunningPods[] => {
    if (chart === "flyte-binary") return podsOf("backend", values["deployment"] as Workload);
    if (chart !== "flyte-core") return [];
    return Object.entries(values).flatMap(([part, workload]) => podsOf(part, workload as Workload));
  });
}

/** Kueue's manager. */
export function kueuePods(stacks: readonly Stack[]): readonly RunningPods[] {
  return releases(stacks).flatMap(({ chart, values }) => {
    if (chart !== "kueue") return [];
    const controller = values["controllerManager"] as { replicas?: number; manager?: Workload };
    return podsOf("manager", { ...controller.manager, replicaCount: controller.replicas });
  });
}

function podsOf(part: string, workload: Workload | undefined): readonly RunningPods[] {
  const requests = workload?.resources?.requests;
  if (requests === undefined || workload?.enabled === false) return [];
  const { autoscaling, replicaCount = 1 } = workload ?? {};
  const pods = autoscaling?.enabled ? (autoscaling.minReplicas ?? replicaCount) : replicaCount;
  return [{ part, pods, cpu: cpuOf(requests.cpu), memoryGib: gibOf(requests.memory) }];
}

/** All of some pods together. */
export function together(all: readonly RunningPods[]): RunningPods {
  const sum = (of: (each: RunningPods) => number) => all.reduce((total, each) => total + of(each), 0);
  return {
    part: all.map(({ part }) => part).join(", "),
    pods: sum(({ pods }) => pods),
    cpu: sum(({ pods, cpu }) => pods * cpu),
    memoryGib: sum(({ pods, memoryGib }) => pods * memoryGib),
  };
}

function releases(stacks: readonly Stack[]): { chart: string; values: Readonly<Record<string, unknown>> }[] {
  return resourcesOf(stacks, "helm_release").map(({ resource }) => ({
    chart: String(resource["chart"]),
    values: valuesOf(resource),
  }));
}

function valuesOf({ values }: Attributes): Readonly<Record<string, unknown>> {
  const [text] = Array.isArray(values) ? (values as readonly unknown[]) : [];
  return typeof text === "string" ? (JSON.parse(text) as Record<string, unknown>) : {};
}

/** `500m` is half a vCPU. */
function cpuOf(text = "0"): number {
  return text.endsWith("m") ? Number(text.slice(0, -1)) / 1000 : Number(text);
}

function gibOf(text = "0"): number {
  const [, amount = "0", unit = ""] = /^([\d.]+)(Mi|Gi|Ti)?$/.exec(text) ?? [];
  return Number(amount) * ({ Mi: 1 / 1024, Gi: 1, Ti: 1024 }[unit] ?? 1 / 1024 ** 3);
}
