import type { TeamAccess } from "../team-access";

/**
 * How a GPU is obtained.
 *
 * - `on-demand`: as soon as there is one, at full price, until the task ends.
 * - `spot`: cheapest; Google may take it back at any moment.
 * - `flex-start`: the pod waits, after admission, until DWS has a node for it; runs at most 7 days.
 * - `queued`: the task stays in the queue until DWS has all the nodes it needs (a ProvisioningRequest); runs at most 7 days.
 * - `reservation`: out of capacity that is reserved by name, and paid for in any case.
 * - `ladder`: several of these in order, the next one when the one before has no capacity (a GKE ComputeClass).
 */
export type Provisioning = "on-demand" | "spot" | "flex-start" | "queued" | "reservation" | "ladder";

/** One rung of a ladder. */
export type LadderStep = "reservation" | "on-demand" | "flex-start" | "spot";

/** When a provisioning request that failed is made again. The workload keeps its quota until the last try has failed. */
export interface Retry {
  /**
   * How often it is made again before the workload is rejected.
   *
   * Shape: whole number, 0 (never) to 10.
   */
  readonly limit: number;

  /**
   * Wait before the first retry; doubles with each.
   *
   * Shape: whole number of seconds, from 1.
   */
  readonly baseSeconds: number;

  /**
   * The longest wait.
   *
   * Shape: whole number of seconds, not below `baseSeconds`.
   */
  readonly maxSeconds: number;
}

/**
 * A kind of GPU and a way to get it. Becomes a Kueue ResourceFlavor, and a PodTemplate of the same name in every
 * namespace of the teams that have quota on it: `@task(pod_template_name="<flavor>", requests=Resources(gpu="…"))`.
 */
export interface Flavor {
  /**
   * Which GPU.
   *
   * Shape: a key of the GPU catalogue, such as "l4" or "h100-80gb"; `npm run gpus` lists them.
   * Change: for tasks created from then on; running ones are not touched.
   */
  readonly gpu: string;

  /**
   * How it is obtained.
   *
   * Change: in place; between a mode with a queue of its own (`queued`, `ladder`) and one without, drain first.
   */
  readonly provisioning: Provisioning;

  /**
   * GPUs of the node that a task of this flavor means to have: the unit of quotas, of provisioning requests, and of the
   * nodes of a ladder. A task itself asks with `Resources(gpu="…")`.
   *
   * Shape: a count that the catalogue has for this GPU and provisioning.
   * @default 1
   */
  readonly gpusPerNode?: number;

  /**
   * After this time, counted from the moment the nodes are there, Google takes them away.
   *
   * Shape: `<n>m`, `<n>h` or `<n>d`, 10 minutes to 7 days. For flex-start, queued, and a ladder with a flex-start step.
   * Change: in place for flex-start and ladder. For queued it makes a new admission check, and Kueue asks again for every
   * task of the flavor: what waits loses its place, what runs is stopped if it gets nothing. A second flavor is safer.
   * @default "7d"
   * @see docs.cloud.google.com/kubernetes-engine/docs/how-to/provisioningrequest (2026-11)
   */
  readonly maxRunDuration?: string;

  /**
   * Name of the Compute Engine reservation, in the cluster's project. For `reservation`, and a ladder with that step.
   *
   * Shape: 1 to 63 lower-case letters, digits and hyphens.
   */
  readonly reservation?: string;

  /**
   * The steps of a ladder, in order.
   *
   * Shape: at least two, none twice; a reservation, being paid for anyway, comes first.
   * Change: in place, for nodes made from then on.
   */
  readonly ladder?: readonly LadderStep[];

  /**
   * queued: stop waiting for capacity after this time; the request then counts as failed and `retry` applies.
   *
   * Shape: `<n>m`, `<n>h` or `<n>d`, 10 minutes to 90 days.
   * Change: as with `maxRunDuration`.
   * @default - waits for as long as it takes
   */
  readonly validUntil?: string;

  /**
   * queued: what follows when a request fails. A failing request holds its quota through every wait, so keep it short:
   * after the last try Flyte's own retry queues the task again, with the quota free in between.
   *
   * Change: in place; touches no request.
   * @default { limit: 3, baseSeconds: 30, maxSeconds: 120 }
   */
  readonly retry?: Retry;

  /**
   * on-demand, reservation: node upgrades and the autoscaler leave its tasks alone, for 7 days at most. Nodes of DWS are
   * not upgraded while they run, and Google takes Spot when it wants.
   *
   * Change: in place, for new tasks.
   * @default - true for on-demand and reservation
   * @see cloud.google.com/kubernetes-engine/docs/how-to/extended-duration-pods (2026-11)
   */
  readonly extendedRunTime?: boolean;

  /**
   * queued: have Kueue itself pin each pod to the nodes of its own request, by node selector. GKE's webhook does that
   * too, on its own; switch this on where it does not.
   *
   * Change: in place; touches no request.
   * @default false
   */
  readonly pinToRequest?: boolean;
}

/** Quota on a flavor, in GPUs. */
export interface GpuQuota {
  /**
   * What belongs to the team.
   *
   * Shape: whole number from 0.
   */
  readonly nominal: number;

  /**
   * How much more it may use while other teams leave theirs idle.
   *
   * Shape: whole number from 0.
   * @default - as much as there is
   */
  readonly borrowing?: number;

  /**
   * How much of its idle quota others may use.
   *
   * Shape: whole number from 0 to `nominal`.
   * @default - all of it
   */
  readonly lending?: number;
}

/**
 * Whose running tasks may be stopped for a waiting one. A stopped task starts again from its last checkpoint and uses up
 * one of Flyte's system retries.
 *
 * - `never`: nobody's. Quota that was lent comes back when the borrower has finished, up to 7 days later.
 * - `reclaim`: those that other teams run on borrowed quota, when this team wants its own back or has had less than its
 *   share of what is idle.
 * - `lower-priority`: those too, and the team's own of lower priority.
 */
export type Preemption = "never" | "reclaim" | "lower-priority";

/**
 * Whose task of a team goes next.
 *
 * - `priority`: the one of highest priority, then the one that waits longest.
 * - `usage`: one of the project that has used least lately, so that no project can fill the queue. Domains of higher
 *   priority still go before lower ones, nearly always: Kueue compares usage first, and a domain's priority only makes
 *   its usage count for (very much) less. The tiers order tasks within one project-domain only.
 */
export type Order = "priority" | "usage";

/** Kueue's word for a queue that is stopped: `Hold` admits nothing new, `HoldAndDrain` also stops what runs. */
export type StopPolicy = "None" | "Hold" | "HoldAndDrain";

/** A team: the projects it owns and the quota it has. */
export interface Team {
  /**
   * Its Flyte projects. A project belongs to one team.
   *
   * Shape: names of lower-case letters, digits and hyphens.
   * Change: in place. The namespaces of a project that leaves are kept, without a queue, and Flyte has no rights in them: end its executions first.
   */
  readonly projects: readonly string[];

  /**
   * Address of the Google group of the team's people, who may look at its namespaces and replace its tasks' Secrets.
   *
   * Change: in place.
   * @default - nobody
   */
  readonly group?: string;

  /**
   * vCPUs for tasks without a GPU and for GPU flavors without a queue of their own.
   *
   * Shape: number above 0.
   */
  readonly cpu: number;

  /**
   * Memory, likewise.
   *
   * Shape: GiB, number above 0.
   */
  readonly memoryGib: number;

  /**
   * GPUs, by flavor. A plain number is a quota that borrows and lends freely.
   * In the order of preference, for tasks that more than one flavor would fit.
   *
   * Shape: GPUs (not nodes).
   * @default - no GPUs
   */
  readonly gpus?: Readonly<Record<string, number | GpuQuota>>;

  /**
   * Volumes that its tasks find under `/mnt/<name>`: keys of the environment's `volumes`.
   *
   * Change: in place, for tasks created from then on.
   * @default - none
   */
  readonly volumes?: readonly string[];

  /**
   * What its tasks may use beside that, each thing by its name.
   *
   * Change: in place.
   * @default - nothing
   */
  readonly access?: TeamAccess;

  /**
   * Its share when teams compete for idle quota: 2 gets twice as much as 1.
   *
   * Shape: number above 0.
   * @default 1
   */
  readonly weight?: number;

  /** @default "reclaim" */
  readonly preemption?: Preemption;

  /** @default "priority" */
  readonly order?: Order;

  /**
   * Stops the team's queues, to drain them before an upgrade or a removal.
   *
   * @default "None"
   */
  readonly stopPolicy?: StopPolicy;
}

/** Everything about queues that an environment states. */
export interface Queues {
  /** Kinds of GPU and ways to get them, by the one word that a task uses. */
  readonly flavors: Readonly<Record<string, Flavor>>;

  /** Teams, by name. */
  readonly teams: Readonly<Record<string, Team>>;

  /**
   * Priority of a task by its Flyte domain. A domain that is not named has 0. Each domain also has the tiers
   * `<domain>-interactive` (a little higher) and `<domain>-batch` (a little lower).
   *
   * Shape: whole numbers, -1000000000 to 1000000000; leave more than 20 between two domains that differ.
   * Change: in place, for tasks created from then on.
   */
  readonly priorities: Readonly<Record<string, number>>;

  /**
   * How many provisioning requests the region's quota lets wait and run at a time (`active_resize_requests`).
   * Only checked against the quotas, with a warning.
   *
   * Shape: whole number from 1.
   * @default 100
   * @see docs.cloud.google.com/kubernetes-engine/docs/how-to/provisioningrequest (2026-11)
   */
  readonly activeResizeRequests?: number;
}
