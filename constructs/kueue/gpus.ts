/**
 * The GPUs that GKE Autopilot offers. Pure data without imports, so that the environment schema may read it too.
 *
 * Sources, by what they say:
 * - GPU names, counts per node and the first GKE version: docs.cloud.google.com/kubernetes-engine/docs/how-to/autopilot-gpus (2026-04)
 * - machine sizes: docs.cloud.google.com/compute/docs/accelerator-optimized-machines (2026), and the machine table of
 *   GKE's cluster autoscaler (github.com/GoogleCloudPlatform/cluster-autoscaler, pkg/cloudprovider/gke/machinetypes, 2026-08)
 * - provisioning modes: the notes "When provisioning … you must" of accelerator-optimized-machines; queued provisioning is a
 *   "resize request in a MIG" there
 * - largest pod: docs.cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests, from memory: its table
 *   could not be read again, so `largestPod` is shown and never refuses anything
 * - flytekit constants: flytekit/extras/accelerators.py 1.16
 *
 * GB200 and GB300 are left out on purpose: the Autopilot page does not offer them, their nodes are Arm, and Compute Engine
 * gives them only against a reservation.
 */

/** The ways to get a node with a GPU. A `ladder` is a list of these, so it has no entry of its own. */
export type GpuMode = "on-demand" | "spot" | "flex-start" | "queued" | "reservation";

/** A node shape: what one node, and so one pod, of a given number of GPUs can have. */
export interface GpuNode {
  /** GPUs of the node. On Autopilot a pod gets a node with exactly as many GPUs as it asks for. */
  readonly gpus: number;
  /** The largest Compute Engine machine type with that many of these GPUs. */
  readonly machineType: string;
  /** vCPUs of that machine. */
  readonly cpu: number;
  /** Memory of that machine, in Compute Engine's GB (2^30 bytes). */
  readonly memoryGib: number;
  /** The largest CPU and memory that Autopilot lets one pod ask for. Unconfirmed; absent where nothing is known. */
  readonly largestPod?: { readonly cpu: number; readonly memoryGib: number };
  /** Modes that exist for this shape. Any other mode is refused. */
  readonly modes: readonly GpuMode[];
  /** Modes that the sources do not settle. They are let through with a warning. */
  readonly unconfirmedModes?: readonly GpuMode[];
}

export interface Gpu {
  /** What people call it. */
  readonly title: string;
  /** Value of the node label `cloud.google.com/gke-accelerator`. */
  readonly accelerator: string;
  /** Memory of one GPU, in GB. */
  readonly gpuMemoryGb: number;
  /** How a task names it in flytekit. A quoted `GPUAccelerator("…")` where flytekit's own constant emits another name. */
  readonly flytekit: string;
  /** First GKE version whose Autopilot offers it. Absent: every version in support. */
  readonly since?: string;
  /** Shapes, by number of GPUs, ascending. */
  readonly nodes: readonly GpuNode[];
}

const anyMode = ["on-demand", "spot", "flex-start", "queued", "reservation"] as const;
/** "You must create instances by using Spot VMs or Flex-start VMs": no on-demand, no reservation. */
const spotOrFlexStart = ["spot", "flex-start", "queued"] as const;
/** "You must reserve capacity, use Spot VMs, use Flex-start VMs, or create a resize request in a MIG": no on-demand. */
const notOnDemand = ["spot", "flex-start", "queued", "reservation"] as const;

const t4: Gpu = {
  title: "T4",
  accelerator: "nvidia-tesla-t4",
  gpuMemoryGb: 16,
  flytekit: "T4",
  // Queued: Google's own Kueue sample for Autopilot uses it. Flex-start of N1 machines: not found in writing.
  nodes: [
    node(1, "n1-custom-48", 48, 312, [46, 287.5], without("flex-start"), ["flex-start"]),
    node(2, "n1-custom-48", 48, 312, [46, 287.5], without("flex-start"), ["flex-start"]),
    node(4, "n1-custom-96", 96, 624, [94, 587.5], without("flex-start"), ["flex-start"]),
  ],
};

const l4: Gpu = {
  title: "L4",
  accelerator: "nvidia-l4",
  gpuMemoryGb: 24,
  flytekit: "L4",
  nodes: [
    node(1, "g2-standard-32", 32, 128, [31, 115], anyMode),
    node(2, "g2-standard-24", 24, 96, [23, 83], anyMode),
    node(4, "g2-standard-48", 48, 192, [47, 177], anyMode),
    node(8, "g2-standard-96", 96, 384, [95, 363], anyMode),
  ],
};

const a100Of40Gb: Gpu = {
  title: "A100 40GB",
  accelerator: "nvidia-tesla-a100",
  gpuMemoryGb: 40,
  flytekit: "A100",
  nodes: [
    node(1, "a2-highgpu-1g", 12, 85, [11, 74], anyMode),
    node(2, "a2-highgpu-2g", 24, 170, [22, 148], anyMode),
    node(4, "a2-highgpu-4g", 48, 340, [46, 310], anyMode),
    node(8, "a2-highgpu-8g", 96, 680, [94, 632], anyMode),
    node(16, "a2-megagpu-16g", 96, 1360, [94, 1264], anyMode),
  ],
};

const a100Of80Gb: Gpu = {
  title: "A100 80GB",
  accelerator: "nvidia-a100-80gb",
  gpuMemoryGb: 80,
  flytekit: "A100_80GB",
  nodes: [
    node(1, "a2-ultragpu-1g", 12, 170, [11, 148], anyMode),
    node(2, "a2-ultragpu-2g", 24, 340, [22, 310], anyMode),
    node(4, "a2-ultragpu-4g", 48, 680, [46, 632], anyMode),
    node(8, "a2-ultragpu-8g", 96, 1360, [94, 1264], anyMode),
  ],
};

const h100Of80Gb: Gpu = {
  title: "H100 80GB",
  accelerator: "nvidia-h100-80gb",
  gpuMemoryGb: 80,
  // flytekit's H100 emits "nvidia-h100", which no GKE node carries.
  flytekit: 'GPUAccelerator("nvidia-h100-80gb")',
  since: "1.31.4-gke.1072000",
  nodes: [
    node(1, "a3-highgpu-1g", 26, 234, undefined, spotOrFlexStart),
    node(2, "a3-highgpu-2g", 52, 468, undefined, spotOrFlexStart),
    node(4, "a3-highgpu-4g", 104, 936, undefined, spotOrFlexStart),
    node(8, "a3-highgpu-8g", 208, 1872, [206, 1795], anyMode),
  ],
};

const h100Mega: Gpu = {
  title: "H100 80GB Mega",
  accelerator: "nvidia-h100-mega-80gb",
  gpuMemoryGb: 80,
  flytekit: 'GPUAccelerator("nvidia-h100-mega-80gb")',
  since: "1.29.4-gke.1542000",
  nodes: [node(8, "a3-megagpu-8g", 208, 1872, [206, 1795], anyMode)],
};

const h200: Gpu = {
  title: "H200 141GB",
  accelerator: "nvidia-h200-141gb",
  gpuMemoryGb: 141,
  // flytekit's H200 emits "nvidia-h200", which no GKE node carries.
  flytekit: 'GPUAccelerator("nvidia-h200-141gb")',
  since: "1.31.4-gke.1183000",
  nodes: [node(8, "a3-ultragpu-8g", 224, 2952, undefined, notOnDemand)],
};

const b200: Gpu = {
  title: "B200 180GB",
  accelerator: "nvidia-b200",
  gpuMemoryGb: 180,
  flytekit: 'GPUAccelerator("nvidia-b200")',
  since: "1.32.2-gke.1422000",
  nodes: [node(8, "a4-highgpu-8g", 224, 3968, undefined, notOnDemand)],
};

const rtxPro6000: Gpu = {
  title: "RTX PRO 6000 96GB",
  accelerator: "nvidia-rtx-pro-6000",
  gpuMemoryGb: 96,
  flytekit: 'GPUAccelerator("nvidia-rtx-pro-6000")',
  since: "1.34.1-gke.1829001",
  // DWS: absent from Compute Engine's table in 2025-10, documented by Google's cluster-toolkit for G4 in 2026-08.
  nodes: [
    node(1, "g4-standard-48", 48, 180, undefined, without("flex-start", "queued"), ["flex-start", "queued"]),
    node(2, "g4-standard-96", 96, 360, undefined, without("flex-start", "queued"), ["flex-start", "queued"]),
    node(4, "g4-standard-192", 192, 720, undefined, without("flex-start", "queued"), [
      "flex-start",
      "queued",
    ]),
    node(8, "g4-standard-384", 384, 1440, undefined, without("flex-start", "queued"), [
      "flex-start",
      "queued",
    ]),
  ],
};

/** Every GPU, by the key that an environment writes as `gpu`. */
export const gpus: Readonly<Record<string, Gpu>> = {
  t4,
  l4,
  "a100-40gb": a100Of40Gb,
  "a100-80gb": a100Of80Gb,
  "h100-80gb": h100Of80Gb,
  "h100-mega-80gb": h100Mega,
  "h200-141gb": h200,
  b200,
  "rtx-pro-6000": rtxPro6000,
};

/** A GPU by the key that an environment writes; nothing for a key that is not in the catalogue. */
export function gpuOf(key: string): Gpu | undefined {
  return Object.hasOwn(gpus, key) ? gpus[key] : undefined;
}

/**
 * The most CPU and memory that one GPU can take along, whatever the number of GPUs of its pod.
 * Quota made from it never is what keeps a GPU idle.
 */
export function mostPerGpu(gpu: Gpu): { readonly cpu: number; readonly memoryGib: number } {
  return {
    cpu: Math.max(...gpu.nodes.map(({ cpu, gpus: count }) => cpu / count)),
    memoryGib: Math.max(...gpu.nodes.map(({ memoryGib, gpus: count }) => memoryGib / count)),
  };
}

function node(
  count: number,
  machineType: string,
  cpu: number,
  memoryGib: number,
  largestPod: readonly [cpu: number, memoryGib: number] | undefined,
  modes: readonly GpuMode[],
  unconfirmedModes?: readonly GpuMode[],
): GpuNode {
  return {
    gpus: count,
    machineType,
    cpu,
    memoryGib,
    ...(largestPod && { largestPod: { cpu: largestPod[0], memoryGib: largestPod[1] } }),
    modes,
    ...(unconfirmedModes && { unconfirmedModes }),
  };
}

function without(...modes: readonly GpuMode[]): readonly GpuMode[] {
  return anyMode.filter((mode) => !modes.includes(mode));
}
