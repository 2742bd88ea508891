import { type GpuNode, gpuOf } from "../../constructs/kueue/gpus";
import { managerCpu } from "../../constructs/kueue/controller/controller-values";
import { cpuOfCore } from "../../constructs/flyte/core/core-pods";
import { addOnsOf } from "../../stacks/add-on-context";
import { quotaOf } from "../../constructs/kueue/objects/quotas";
import type { Environment } from "../../src/environment/define";

/** A quota of Google's that the configured queues need. */
export interface NeededQuota {
  /** As the Compute Engine API names it; for `active_resize_requests` as the quotas page does. */
  readonly metric: string;
  readonly where: string;
  readonly needed: number;
  readonly reason: string;
}

/** Metric of a GPU in Compute Engine's regional quotas, without the `PREEMPTIBLE_` of spot and DWS. */
const metrics: Readonly<Record<string, string>> = {
  t4: "NVIDIA_T4_GPUS",
  l4: "NVIDIA_L4_GPUS",
  "a100-40gb": "NVIDIA_A100_GPUS",
  "a100-80gb": "NVIDIA_A100_80GB_GPUS",
  "h100-80gb": "NVIDIA_H100_GPUS",
  "h100-mega-80gb": "NVIDIA_H100_MEGA_GPUS",
  "h200-141gb": "NVIDIA_H200_GPUS",
  b200: "NVIDIA_B200_GPUS",
  "rtx-pro-6000": "NVIDIA_RTX_PRO_6000_GPUS",
};

/** How many GPUs of a flavor all teams together may hold. What one borrows, another lends: nominal quotas count. */
export function gpusOf({ queues }: Pick<Environment, "queues">, flavor: string): number {
  return Object.values(queues.teams).reduce((sum, { gpus }) => sum + quotaOf(gpus?.[flavor] ?? 0).nominal, 0);
}

/** The node shape that a flavor's tasks get. */
export function nodeOf({ gpu, gpusPerNode }: { gpu: string; gpusPerNode: number }): GpuNode | undefined {
  return gpuOf(gpu)?.nodes.find(({ gpus }) => gpus === gpusPerNode);
}

/**
 * What to ask Google for, so that every team can use its whole quota at a time.
 *
 * Spot VMs, flex-start and queued provisioning draw on the preemptible quota where the region has one, not on the
 * standard one.
 */
export function neededQuotas(environment: Environment): NeededQuota[] {
  const { region, queues } = environment;
  const needed = new Map<string, { needed: number; flavors: string[] }>();
  let all = 0;
  for (const [name, flavor] of Object.entries(queues.flavors)) {
    const gpus = gpusOf(environment, name);
    const base = metrics[flavor.gpu];
    if (base === undefined || gpus === 0) continue;
    all += gpus;
    for (const metric of metricsOf(flavor, base)) {
      const entry = needed.get(metric) ?? { needed: 0, flavors: [] };
      entry.needed += gpus;
      entry.flavors.push(name);
      needed.set(metric, entry);
    }
  }
  const gpus = [...needed].map(([metric, { needed: count, flavors }]) => ({
    metric,
    where: region,
    needed: count,
    reason: `flavor${flavors.length > 1 ? "s" : ""} ${flavors.join(", ")}`,
  }));
  const requests = activeRequests(environment);
  return [
    ...ordinaryQuotas(environment),
    ...gpus,
    ...(all > 0
      ? [{ metric: "GPUS_ALL_REGIONS", where: "global", needed: all, reason: "all flavors together" }]
      : []),
    ...(requests > 0
      ? [
          {
            metric: "active_resize_requests",
            where: region,
            needed: requests,
            reason: "one for each queued task that waits or runs; 100 by default",
          },
        ]
      : []),
  ];
}

/** vCPUs of a node of Autopilot's without GPUs, about, and the boot disk of any. */
const NODE = { cpu: 8, diskGb: 100 };
/** vCPUs for GKE's own pods, about. */
const SYSTEM_CPU = 2;

/** What a new project meets first: its quotas are for a few machines. Those of Google's that count GPU nodes are above. */
function ordinaryQuotas(environment: Environment): NeededQuota[] {
  const { region, queues, network } = environment;
  const tasks = Object.values(queues.teams).reduce((sum, { cpu }) => sum + cpu, 0);
  const cpus = tasks + Math.ceil(platformCpu(environment)) + SYSTEM_CPU;
  const gpuNodes = Object.entries(queues.flavors).reduce(
    (sum, [name, { gpusPerNode }]) => sum + Math.ceil(gpusOf(environment, name) / gpusPerNode),
    0,
  );
  const nodes = Math.ceil(cpus / NODE.cpu) + gpuNodes;
  const reason = "the teams' CPU and the platform's own pods, GPU nodes apart";
  return [
    { metric: "CPUS", where: region, needed: cpus, reason },
    { metric: "CPUS_ALL_REGIONS", where: "global", needed: cpus, reason },
    {
      metric: "SSD_TOTAL_GB",
      where: region,
      needed: nodes * NODE.diskGb,
      reason: `boot disks of about ${nodes} nodes, ${NODE.diskGb} GB each`,
    },
    ...(network.existing
      ? []
      : [{ metric: "IN_USE_ADDRESSES", where: region, needed: 1, reason: "Cloud NAT's address" }]),
  ];
}

function platformCpu(environment: Environment): number {
  const { flyte, kueue } = environment;
  const operators = addOnsOf(environment).seen.operators.reduce((sum, { cpu }) => sum + cpu, 0);
  const backend = flyte.topology === "core" ? cpuOfCore(flyte.secretsWebhook) : flyte.cpu;
  return backend + kueue.replicas * managerCpu + operators;
}

function metricsOf({ provisioning, ladder }: FlavorLike, base: string): string[] {
  const modes = provisioning === "ladder" ? (ladder ?? []) : [provisioning];
  const preemptible = (mode: string) => mode === "spot" || mode === "flex-start" || mode === "queued";
  return [...new Set(modes.map((mode) => (preemptible(mode) ? `PREEMPTIBLE_${base}` : base)))];
}

type FlavorLike = { readonly provisioning: string; readonly ladder?: readonly string[] };

/** At most one request for each node's worth of queued GPUs. */
function activeRequests(environment: Environment): number {
  return Object.entries(environment.queues.flavors)
    .filter(([, { provisioning }]) => provisioning === "queued")
    .reduce((sum, [name, { gpusPerNode }]) => sum + Math.ceil(gpusOf(environment, name) / gpusPerNode), 0);
}
