import type { Context } from "../context";
import { Exit } from "../exit";
import type { PlanReport } from "../plan/report";

/** Says why nothing is done, and gives the exit code for that. */
export function refusal({ output, name }: Context, plan: PlanReport): (...why: readonly string[]) => number {
  return (...why) => {
    for (const line of why) output.problem(line);
    output.problem("nothing was changed");
    output.result({ environment: name, status: "refused", why, plan });
    return Exit.refused;
  };
}
