// Prints what a synthesis wrote: each stack's resources by type, where its state lives, how to deploy it.
import { join } from "node:path";
import { readManifest, readStack, type StackFile } from "./support/synthesised";

const standard = "cdktf.out";
const outdir = process.env["CDKTF_OUTDIR"] ?? standard;
/** Of an example the program that synthesises it, which a command needs to find its stacks. */
const program = outdir === standard ? undefined : outdir.replace(/cdktf\.out$/, "main");

function resourcesByType(stack: StackFile): string[] {
  const types = Object.entries(stack.resource ?? {}).map(
    ([type, byId]) => [type, Object.keys(byId).length] as const,
  );
  const width = Math.max(...types.map(([type]) => type.length));
  return types
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => `    ${type.padEnd(width)}  ${String(count).padStart(3)}`);
}

function describe(name: string, stack: StackFile): string {
  const { bucket, prefix } = stack.terraform.backend.gcs;
  const total = Object.values(stack.resource ?? {}).reduce((sum, byId) => sum + Object.keys(byId).length, 0);
  return [
    `${name}: ${total} resources`,
    ...resourcesByType(stack),
    `    state   gs://${bucket}/${prefix}`,
  ].join("\n");
}

const stacks = readManifest(outdir);
for (const { name, path } of stacks) console.log(`${describe(name, readStack(join(outdir, path)))}\n`);

const environments = [...new Set(stacks.map(({ name }) => name.split("-")[0]))];
// Not `cdktf deploy`, which works too (docs/operations.md): that checks nothing before, and exits 0 when its Terraform was killed.
console.log("Whole environments, in order of their dependencies:");
for (const name of environments)
  console.log(`    npm run platform -- deploy ${name}${program ? ` --app dist/${program}.js` : ""}`);
