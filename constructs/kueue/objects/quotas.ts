import { provisioningModes } from "../provisioning";
import type { GpuQuota, Queues, Team } from "../types";

/** A quota as written, in its long form. */
export function quotaOf(quota: number | GpuQuota): GpuQuota {
  return typeof quota === "number" ? { nominal: quota } : quota;
}

/** Whether a flavor's tasks go through a queue of their own. An unknown flavor's go nowhere; a rule says so. */
export function hasOwnQueue({ flavors }: Pick<Queues, "flavors">, flavor: string): boolean {
  const provisioning = flavors[flavor]?.provisioning;
  return provisioning !== undefined && provisioningModes[provisioning]?.queue === "own";
}

/** A team's known flavors by where their tasks queue, each in the order of the team's preference. */
export function flavorsOf(queues: Pick<Queues, "flavors">, team: Team) {
  const known = Object.keys(team.gpus ?? {}).filter((flavor) => Object.hasOwn(queues.flavors, flavor));
  return {
    shared: known.filter((flavor) => !hasOwnQueue(queues, flavor)),
    own: known.filter((flavor) => hasOwnQueue(queues, flavor)),
  };
}
