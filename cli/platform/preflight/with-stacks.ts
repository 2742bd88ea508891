import type { Context } from "../context";
import { Exit, UserError } from "../exit";
import { alone } from "../folder-lock";
import { openWorkspace, type Stack } from "../workspace";
import { preflight } from "./preflight";
import { blockedBy } from "./show";

/**
 * Synthesises, checks, and works on the stacks; or prints what stands in the way and gives its exit code. What stops a
 * command that only reads is an error; what stops another before it begins is a refusal: nothing was changed.
 */
export async function withCheckedStacks(
  context: Context,
  work: (stacks: readonly Stack[]) => Promise<number>,
): Promise<number> {
  const { command, name, output, outdir } = context;
  const stopped = command === "plan" || command === "verify" ? Exit.error : Exit.refused;
  let begun = false;
  try {
    return await alone(outdir, `${command} ${name}`, async () => {
      const stacks = await openWorkspace(context);
      const findings = await preflight(context, stacks);
      const blocked = blockedBy(output, findings);
      begun = blocked === undefined;
      if (blocked === undefined) return work(stacks);
      output.result({ environment: name, status: "refused", findings });
      return blocked === Exit.refused ? stopped : blocked;
    });
  } catch (error) {
    if (begun || !(error instanceof UserError)) throw error;
    throw new UserError(error.message, stopped);
  }
}
