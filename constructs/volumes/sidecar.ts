import type { NamedVolume } from "./types";

/** What GKE puts beside a task that mounts a bucket: a container that the task's queue and node hold as well. */
export interface SidecarAmounts {
  readonly milliCpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
}

/** As Google has it. */
const CPU = 250;
/** Of each bucket's mount, which is a process of its own. */
const MEMORY = 256;
/** For logs and lists of what there is. */
const NOTES = 1;
/** For what is written, until it is in the bucket. As Google has it. */
const STAGED = 4;

/**
 * Autopilot gives a pod without a GPU at most 10 GiB of disk, the task's own GiB included, and refuses a larger one.
 *
 * @see cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests (2026-11)
 */
export const mostDiskGib = 9;

/** Nothing without a bucket: then there is no sidecar. */
export function sidecarOf(volumes: readonly NamedVolume[]): SidecarAmounts | undefined {
  const buckets = volumes.filter(({ bucket }) => bucket !== undefined);
  if (buckets.length === 0) return undefined;
  const staged = buckets.some(({ readOnly }) => !readOnly) ? STAGED : 0;
  return {
    milliCpu: CPU,
    memoryMib: MEMORY * buckets.length,
    diskGib: NOTES + staged + buckets.reduce((sum, { cacheGib = 0 }) => sum + cacheGib, 0),
  };
}

/** Autopilot takes no container without a limit, and raises the request to it: both are written. */
export function sidecarAnnotations({ milliCpu, memoryMib, diskGib }: SidecarAmounts) {
  const amounts = {
    cpu: `${milliCpu}m`,
    memory: `${memoryMib}Mi`,
    "ephemeral-storage": `${diskGib}Gi`,
  };
  return Object.fromEntries([
    ["gke-gcsfuse/volumes", "true"],
    ...Object.entries(amounts).flatMap(([resource, amount]) =>
      ["request", "limit"].map((bound) => [`gke-gcsfuse/${resource}-${bound}`, amount]),
    ),
  ]) as Readonly<Record<string, string>>;
}
