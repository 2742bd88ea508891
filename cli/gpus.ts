// Prints the GPU catalogue: what an environment may write as `gpu`, `gpusPerNode` and `provisioning`; and what a task may ask
// for in each environment of the repository, and how much of it each team has.
import { type Gpu, type GpuMode, type GpuNode, gpus } from "../constructs/kueue/gpus";
import { defineEnvironments, type Environment } from "../src/environment/define";
import { environments } from "../src/environments";
import { platformFacts } from "./support/platform-facts";

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

/** Columns as wide as their longest cell. */
function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? "").length)),
  );
  for (const cells of rows) {
    const line = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
    console.log(line.trimEnd());
  }
}

printTable([
  titles,
  ...Object.entries(gpus).flatMap(([key, gpu]) => gpu.nodes.map((node) => row(key, gpu, node))),
]);

console.log(`
"?": not confirmed by Google's pages; let through with a warning. "-": does not exist, refused.
ladder: any steps that say yes. A pod asks for as many GPUs as its node has: Resources(gpu="<gpusPerNode>").
Without accelerator=, name the flavor's template: @task(pod_template_name="<flavor>").`);

function quotaOf(quota: number | { readonly nominal: number } | undefined): string {
  return String((typeof quota === "object" ? quota.nominal : quota) ?? "-");
}

/** What an author may write: a line for each number of GPUs of a pod, with the most CPU and memory beside them. */
function offers(environment: Environment): string[][] {
  const flavors = platformFacts([environment]).environments[environment.name]?.flavors ?? {};
  const teams = Object.entries(environment.queues.teams);
  return Object.entries(flavors).flatMap(([flavor, { pods }]) =>
    pods.map(({ gpus: count, cpu, memoryGib }, index) => [
      index === 0 ? flavor : "",
      String(count),
      `${cpu}/${memoryGib}`,
      ...teams.map(([, { gpus: quota = {} }]) => (index === 0 ? quotaOf(quota[flavor]) : "")),
    ]),
  );
}

for (const environment of defineEnvironments(environments).environments) {
  const rows = offers(environment);
  if (rows.length === 0) continue;
  console.log(`\nIn "${environment.name}" a task may say, and its team has, in GPUs of its own:`);
  const teams = Object.keys(environment.queues.teams);
  printTable([["pod_template_name=", "gpu=", "cpu/mem GiB, most", ...teams], ...rows]);
}
