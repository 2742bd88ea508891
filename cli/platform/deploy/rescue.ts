import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../context";
import type { StackTerraform } from "../terraform/stack";

/** Where Terraform leaves a state that it can't write to its bucket. */
export const unwrittenState = (folder: string): string => join(folder, "errored.tfstate");

/** What became of a state that an apply could not write. */
export type Rescue = "not needed" | "written" | "unwritten";

const FIRST_PAUSE = 2_000;

/**
 * Writes the state that an apply, of this run or an earlier one, could not write: without it Terraform would make
 * again what it has made. Terraform itself refuses a state that is older than the bucket's, or another stack's.
 *
 */
export async function rescueState(context: Context, terraform: StackTerraform): Promise<Rescue> {
  const { name, folder } = terraform.stack;
  const file = unwrittenState(folder);
  if (!existsSync(file)) return "not needed";
  context.output.note(`${name}: writing the state that could not be written`);
  const deadline = context.now() + context.limits.stateRescue;
  for (let pause = FIRST_PAUSE; ; pause *= 2) {
    const { ending } = await terraform.pushState(file);
    if (ending.how === "exited" && ending.code === 0) {
      renameSync(file, `${file}.written`);
      context.output.note(`${name}: its state is written`);
      return "written";
    }
    if (context.stop.aborted || context.now() + pause >= deadline) return "unwritten";
    await context.sleep(pause);
  }
}
