import { join } from "node:path";
import { readWorkspace, type Stack } from "../platform/workspace";
import { readManifest, readStack } from "./synthesised";

/** Stacks that stand beside each other in a deploy have the same number. */
function turnOf(stack: Stack, stacks: readonly Stack[]): number {
  const before = stacks.filter(({ name }) => stack.dependencies.includes(name));
  return 1 + Math.max(0, ...before.map((each) => turnOf(each, stacks)));
}

/** One line for each stack, in the order in which they deploy. */
export function summaryOf(outdir: string, program?: string): string[] {
  const environments = [...new Set(readManifest(outdir).map(({ name }) => name.split("-")[0] ?? ""))];
  return environments.flatMap((environment) => {
    const stacks = readWorkspace(outdir, environment);
    const width = Math.max(...stacks.map(({ name }) => name.length));
    const lines = stacks.map((stack) => {
      const { resource = {} } = readStack(join(stack.folder, "cdk.tf.json"));
      const count = Object.values(resource).reduce((sum, byId) => sum + Object.keys(byId).length, 0);
      const { bucket, prefix } = stack.state;
      return `  ${turnOf(stack, stacks)}. ${stack.name.padEnd(width)}  ${String(count).padStart(3)} resources, state in gs://${bucket}/${prefix}`;
    });
    // Not `cdktf deploy`, which works too (docs/operations.md): that checks nothing before, and exits 0 when its Terraform was killed.
    const deploy = `npm run platform -- deploy ${environment}${program ? ` --app ${program}` : ""}`;
    return [environment, ...lines, `  ${deploy}`, ""];
  });
}
