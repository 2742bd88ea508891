import type { Environment } from "../../src/environment/define";
import { addOnsOf } from "../../stacks/add-on-context";
import { gpusOf } from "./quotas";
import type { PriceList } from "./prices";

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
  readonly gpus: number;
  /** One GPU with its share of the machine, for an hour; nothing when the price list has no price. */
  readonly gpuHour?: number;
  /** `at most`: the list has no price of this mode, only one that is higher. */
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
 * What an environment would cost at list prices: an estimate to compare choices by, never a quote.
 *
 * Without tax, discounts, free allowances, network traffic between regions, and Autopilot's own surcharge on GPU nodes.
 */
export function costsOf(environment: Environment, list: PriceList): Costs {
  const price = (key: string) => list.prices[key]?.value ?? 0;
  return {
    fixed: [...clusterCosts(environment, price), ...dataCosts(environment, price)].filter(
      ({ month }) => month > 0,
    ),
    usage: usageCosts(environment, list),
    flavors: Object.keys(environment.queues.flavors).map((name) => flavorCost(environment, name, list)),
  };
}

type PriceOf = (key: string) => number;

function clusterCosts(environment: Environment, price: PriceOf): FixedCost[] {
  const { flyte, kueue, network } = environment;
  const pod = (cpu: number, memoryGib: number) =>
    (cpu * price("pod.cpu") + memoryGib * price("pod.memory")) * HOURS;
  const nat = network.existing ? 0 : (price("nat.gateway") + price("nat.address")) * HOURS;
  return [
    { part: "cluster", what: "management fee of the Autopilot cluster", month: price("gke.cluster") * HOURS },
    {
      part: "Flyte",
      what: `backend, ${flyte.cpu} vCPU and ${flyte.memoryGib} GiB`,
      month: pod(flyte.cpu, flyte.memoryGib),
    },
    { part: "Kueue", what: `${kueue.replicas} × 0.5 vCPU and 1 GiB`, month: kueue.replicas * pod(0.5, 1) },
    ...addOnsOf(environment).seen.operators.map(({ title, cpu, memoryGib }) => ({
      part: "add-ons",
      what: `${title}, ${cpu} vCPU and ${memoryGib} GiB`,
      month: pod(cpu, memoryGib),
    })),
    { part: "network", what: "Cloud NAT with one address, traffic apart", month: nat },
    {
      part: "access",
      what: `${flyte.access.mode} load balancer`,
      month: flyte.access.mode === "port-forward" ? 0 : price("lb.rule") * HOURS,
    },
  ];
}

function dataCosts({ database, encryption, volumes }: Environment, price: PriceOf): FixedCost[] {
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
    { part: "keys", what: "4 keys, one version each", month: encryption.enabled ? 4 * price("kms.key") : 0 },
    { part: "secret", what: "database password", month: price("secret.version") },
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

function usageCosts({ backup, network }: Environment, { prices }: PriceList): UsageCost[] {
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
    ...(network.existing ? [] : cost("traffic through Cloud NAT", "nat.data")),
    ...cost("logs beyond the free 50 GiB, flow logs included", "logs"),
  ];
}

function flavorCost(environment: Environment, name: string, { prices }: PriceList): FlavorCost {
  const { gpu = "", provisioning = "on-demand" } = environment.queues.flavors[name] ?? {};
  const spot = provisioning === "spot";
  const mode = spot ? "spot" : "on-demand";
  const parts = [prices[`gpu.${gpu}.${mode}`], prices[`host.${gpu}.${mode}`]];
  const known = parts.every((part) => part !== undefined);
  return {
    flavor: name,
    gpus: gpusOf(environment, name),
    ...(known && { gpuHour: parts.reduce((sum, part) => sum + (part?.value ?? 0), 0) }),
    bound:
      provisioning === "flex-start" || provisioning === "queued" || provisioning === "ladder"
        ? "at most"
        : "about",
    paidAnyway: provisioning === "reservation",
  };
}
