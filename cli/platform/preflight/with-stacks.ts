import type { Context } from "../context";
import { Exit } from "../exit";
import { alone } from "../folder-lock";
import { openWorkspace, type Stack } from "../workspace";
import { preflight } from "./preflight";
import { blockedBy } from "./show";

/** Synthesises, checks, and works on the stacks; or prints what stands in the way and gives its exit code. */
export function withCheckedStacks(
  context: Context,
  work: (stacks: readonly Stack[]) => Promise<number>,
): Promise<number> {
  const { command, name, output, outdir } = context;
  return alone(outdir, `${command} ${name}`, async () => {
    const stacks = await openWorkspace(context);
    const findings = await preflight(context, stacks);
    const blocked = blockedBy(output, findings);
    if (blocked === undefined) return work(stacks);
    output.result({ environment: name, status: "refused", findings });
    const reads = command === "plan" || command === "verify";
    return reads && blocked === Exit.refused ? Exit.error : blocked;
  });
}
