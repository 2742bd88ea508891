import type { Values } from "../values";

/** The most that one task may ask for. */
export interface TaskLimits {
  /** Shape: vCPUs. */
  readonly cpu: number;
  /** Shape: GiB. */
  readonly memoryGib: number;
  /** Shape: number of GPUs. */
  readonly gpu: number;
  /** Shape: GiB. */
  readonly ephemeralStorageGib: number;
}

/**
 * What a task gets that asks for nothing, and the most that it may ask for. Flyte's own limits are 2 CPUs, 1 GiB and
 * one GPU: larger tasks are refused when they are registered.
 */
export function taskResourcesConfig(limits: TaskLimits): Values {
  return {
    defaults: { cpu: defaultCpu, memory: defaultMemory },
    limits: {
      cpu: String(limits.cpu),
      memory: `${limits.memoryGib}Gi`,
      gpu: String(limits.gpu),
      ephemeralStorage: `${limits.ephemeralStorageGib}Gi`,
    },
  };
}

export const defaultCpu = "500m";
export const defaultMemory = "1Gi";

/** An a3-ultragpu-8g or a4-highgpu-8g, rounded up: every GPU node that GKE has is smaller or as large. */
export const largestGpuNode: TaskLimits = Object.freeze({
  cpu: 224,
  memoryGib: 4096,
  gpu: 8,
  ephemeralStorageGib: 12288,
});
