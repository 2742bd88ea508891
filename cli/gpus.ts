// Prints the GPU catalogue: what an environment may write as `gpu`, `gpusPerNode` and `provisioning`.
import { type Gpu, type GpuMode, type GpuNode, gpus } from "../constructs/kueue/gpus";

const modes: readonly GpuMode[] = ["on-demand", "spot", "flex-start", "queued", "reservation"];
const titles = [
  "gpu",
  "gpusPerNode",
  "machine",
  "vCPU/GiB",
  "largest pod",
  ...modes,
  "accelerator= in flytekit",
  "GKE since",
];

function row(key: string, gpu: Gpu, node: GpuNode): string[] {
  const { largestPod } = node;
  return [
    key,
    String(node.gpus),
    node.machineType,
    `${node.cpu}/${node.memoryGib}`,
    largestPod ? `${largestPod.cpu}/${largestPod.memoryGib} ?` : "",
    ...modes.map((mode) =>
      node.modes.includes(mode) ? "yes" : node.unconfirmedModes?.includes(mode) ? "?" : "-",
    ),
    gpu.flytekit,
    gpu.since ?? "",
  ];
}

const rows = [
  titles,
  ...Object.entries(gpus).flatMap(([key, gpu]) => gpu.nodes.map((node) => row(key, gpu, node))),
];
const widths = titles.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? "").length)));
for (const cells of rows)
  console.log(
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );

console.log(`
"?": not confirmed by Google's pages; let through with a warning. "-": does not exist, refused.
ladder: any steps that say yes. A pod asks for as many GPUs as its node has: Resources(gpu="<gpusPerNode>").
Without accelerator=, name the flavor's template: @task(pod_template_name="<flavor>").`);
