import type { Environment } from "../../src/environment/define";
import { addOnsOf } from "../../stacks/add-on-context";
import type { PriceList } from "./prices";
import { gpusOf, nodeOf } from "./quotas";
import { flytePods, kueuePods, type RunningPods, together } from "./running-pods";
import { resourcesOf, type Stack } from "./synthesised-stack";

/** An hour is 1/730 of a month. */
export const HOURS = 730;

/** Something that costs the same every month, whoever uses it. */
export interface FixedCost {
  readonly part: string;
  readonly what: string;
  readonly month: number;
}

/** Something that costs by use. */
export interface UsageCost {
  readonly part: string;
  readonly price: number;
  readonly per: string;
}

export interface FlavorCost {
  readonly flavor: string;
  /** The machine type around its GPUs, the largest where there are several. */
  readonly machine: string;
  readonly gpus: number;
  /** One GPU with its share of the machine, for an hour; nothing when the price list has no price. */
  readonly gpuHour?: number;
  /** `at most`: the list has no price of this mode or of a smaller machine, only one that is higher. */
  readonly bound: "about" | "at most";
  /** Paid whether used or not. */
  readonly paidAnyway: boolean;
}

export interface Costs {
  readonly fixed: readonly FixedCost[];
  readonly usage: readonly UsageCost[];
  readonly flavors: readonly FlavorCost[];
}

/**
 * What an environment would cost at list prices: an estimate to compare choices by, never a quote. What runs is read from
 * what was synthesised.
 *
 * Without tax, discounts, free allowances, network traffic between regions, and Autopilot's own surcharge on GPU nodes.
 */
export function costsOf(environment: Environment, stacks: readonly Stack[], list: PriceList): Costs {
  const price = (key: string) => list.prices[key]?.value ?? 0;
  const flavors = Object.keys(environment.queues.flavors).map((name) => flavorCost(environment, name, list));
  const fixed = [
    ...clusterCosts(environment, stacks, price),
    ...dataCosts(environment, stacks, price),
    ...reservationCosts(flavors),
  ];
  return {
    fixed: fixed.filter(({ month }) => month > 0),
    usage: usageCosts(environment, stacks, list),
    flavors,
  };
}

type PriceOf = (key: string) => number;

/** Nodes on which the platform itself runs while nothing else does: about one a zone. NAT is paid by nodes. */
const IDLE_NODES = 3;

function clusterCosts(environment: Environment, stacks: readonly Stack[], price: PriceOf): FixedCost[] {
  const pod = (cpu: number, memoryGib: number) =>
    (cpu * price("pod.cpu") + memoryGib * price("pod.memory")) * HOURS;
  const running = (part: string, all: readonly RunningPods[]): FixedCost[] => {
    const { part: parts, pods, cpu, memoryGib } = together(all);
    const what = `${pods} pod${pods === 1 ? "" : "s"}, ${cpu} vCPU and ${memoryGib} GiB together: ${parts}`;
    return all.length === 0 ? [] : [{ part, what, month: pod(cpu, memoryGib) }];
  };
  const gateways = resourcesOf(stacks, "google_compute_router_nat").length;
  const { mode } = environment.flyte.access;
  return [
    { part: "cluster", what: "management fee of the Autopilot cluster", month: price("gke.cluster") * HOURS },
    ...running("Flyte", flytePods(stacks)),
    ...running("Kueue", kueuePods(stacks)),
    ...addOnsOf(environment).seen.operators.map(({ title, cpu, memoryGib }) => ({
      part: "add-ons",
      what: `${title}, ${cpu} vCPU and ${memoryGib} GiB`,
      month: pod(cpu, memoryGib),
    })),
    {
      part: "network",
      what: `Cloud NAT with one address and about ${IDLE_NODES} nodes; each more node $${price("nat.node")} an hour, up to 32; traffic apart`,
      month: gateways * (IDLE_NODES * price("nat.node") + price("nat.address")) * HOURS,
    },
    {
      part: "access",
      what: `${mode} load balancer`,
      month: mode === "port-forward" ? 0 : price("lb.rule") * HOURS,
    },
  ];
}

/** What is reserved is paid whether anybody uses it or not; the quotas say how much of it there is. */
function reservationCosts(flavors: readonly FlavorCost[]): FixedCost[] {
  return flavors
    .filter(({ paidAnyway, gpuHour }) => paidAnyway && gpuHour !== undefined)
    .map(({ flavor, gpus, gpuHour = 0 }) => ({
      part: "reservation",
      what: `flavor ${flavor}, ${gpus} GPUs at the on-demand price, used or not`,
      month: gpus * gpuHour * HOURS,
    }));
}

function dataCosts(
  { database, volumes }: Environment,
  stacks: readonly Stack[],
  price: PriceOf,
): FixedCost[] {
  const keys = resourcesOf(stacks, "google_kms_crypto_key").length;
  const secrets = resourcesOf(stacks, "google_secret_manager_secret").length;
  const { tier, diskSizeGib, highAvailability, backups } = database;
  const { cpu, memoryGib } = machineOf(tier);
  const copies = highAvailability ? 2 : 1;
  const machine = (cpu * price("sql.cpu") + memoryGib * price("sql.memory")) * HOURS;
  return [
    {
      part: "database",
      what: `${tier}${highAvailability ? " and its standby" : ""}`,
      month: copies * machine,
    },
    {
      part: "database",
      what: `${diskSizeGib} GiB of disk${highAvailability ? ", twice" : ""}`,
      month: copies * diskSizeGib * price("sql.disk"),
    },
    {
      part: "database",
      what: "backups, about one full disk",
      month: backups.enabled ? diskSizeGib * price("sql.backup") : 0,
    },
    ...Object.entries(volumes).map(([name, { filestore }]) => ({
      part: "files",
      what: `volume ${name}, ${filestore?.sizeGib ?? 0} GiB of Filestore ${filestore?.tier ?? ""}, used or not`,
      month: filestore ? filestore.sizeGib * price(`filestore.${filestore.tier}`) : 0,
    })),
    { part: "keys", what: `${keys} keys, one version each`, month: keys * price("kms.key") },
    { part: "secrets", what: `${secrets}, one version each`, month: secrets * price("secret.version") },
  ];
}

/** CPU and memory behind a Cloud SQL tier. Shared-core tiers count as their nominal memory. */
function machineOf(tier: string): { cpu: number; memoryGib: number } {
  const custom = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  if (custom) return { cpu: Number(custom[1]), memoryGib: Number(custom[2]) / 1024 };
  const optimised = /^db-perf-optimized-N-(\d+)$/.exec(tier);
  // ENTERPRISE_PLUS has 8 GiB per vCPU, and a price about 30 % higher.
  if (optimised) return { cpu: 1.3 * Number(optimised[1]), memoryGib: 1.3 * 8 * Number(optimised[1]) };
  return { cpu: 0.25, memoryGib: tier === "db-f1-micro" ? 0.6 : 1.7 };
}

function usageCosts({ backup }: Environment, stacks: readonly Stack[], { prices }: PriceList): UsageCost[] {
  const cost = (part: string, key: string): UsageCost[] => {
    const price = prices[key];
    return price ? [{ part, price: price.value, per: price.per }] : [];
  };
  return [
    ...cost("CPU of a task without GPU", "pod.cpu"),
    ...cost("memory of a task without GPU", "pod.memory"),
    ...cost("buckets, old versions and soft-deleted objects included", "storage.standard"),
    ...cost("image registry and mirrors", "registry.storage"),
    ...cost("vulnerability scan", "registry.scan"),
    ...(backup.enabled ? cost("Backup for GKE, without its storage", "backup.pod") : []),
    ...(resourcesOf(stacks, "google_compute_router_nat").length > 0
      ? cost("traffic through Cloud NAT", "nat.data")
      : []),
    ...cost("logs beyond the free 50 GiB, flow logs included", "logs"),
  ];
}

function flavorCost(environment: Environment, name: string, { prices }: PriceList): FlavorCost {
  const { gpu = "", gpusPerNode = 1, provisioning = "on-demand" } = environment.queues.flavors[name] ?? {};
  const machine = nodeOf({ gpu, gpusPerNode })?.machineType ?? "";
  const mode = provisioning === "spot" ? "spot" : "on-demand";
  // The machine with its GPUs taken out: what GPUs of one kind cost is the same, what stands around them is not.
  const parts = [prices[`gpu.${gpu}.${mode}`]?.value, hostPrice(prices, machine, mode, gpusPerNode)];
  const known = parts.every((part) => part !== undefined);
  const upTo = ["flex-start", "queued", "ladder"].includes(provisioning) || isLargest(machine);
  return {
    flavor: name,
    machine,
    gpus: gpusOf(environment, name),
    ...(known && { gpuHour: parts.reduce((sum, part) => sum + part, 0) }),
    bound: upTo ? "at most" : "about",
    paidAnyway: provisioning === "reservation",
  };
}

function hostPrice(
  prices: PriceList["prices"],
  machine: string,
  mode: string,
  gpus: number,
): number | undefined {
  const price = prices[`machine.${machine}.${mode}`];
  return price && price.value / gpus;
}

/** Machines of which GKE takes a smaller one where the pod asks for less: the price is that of the largest. */
function isLargest(machine: string): boolean {
  return machine.startsWith("n1-") || machine === "g2-standard-32";
}
