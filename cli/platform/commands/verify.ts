import type { Command } from "../command";
import type { Context } from "../context";
import { withPlans } from "../deploy/plan-all";
import { deviationsOf } from "../deploy/verify-all";
import { Exit } from "../exit";
import { planReport } from "../plan/report";
import { withCheckedStacks } from "../preflight/with-stacks";
import { Progress } from "../progress";
import type { Stack } from "../workspace";
import { terraformOptions, unlockOption } from "./shared-options";

export const verify: Command = {
  description: {
    name: "verify",
    summary: "check that what is deployed is what the file says; changes nothing",
    environment: "required",
    options: [unlockOption, ...terraformOptions],
    exits: {
      [Exit.ok]: "every plan is empty and every output is there",
      [Exit.error]: "a check failed, or a stack can't be planned",
      [Exit.changes]: "something differs: it was changed outside, or is not deployed yet",
      [Exit.toolMissing]: "Terraform is missing or too old",
    },
  },
  run: (context) => withCheckedStacks(context, (stacks) => work(context, stacks)),
};

function work(context: Context, stacks: readonly Stack[]): Promise<number> {
  const { output, name } = context;
  return withPlans(context, stacks, new Progress(output), (plans) => {
    const deviations = deviationsOf(plans);
    const report = planReport(context, plans);
    output.result({ environment: name, deviations, stacks: report.stacks });
    for (const { stack, problem } of deviations) output.line(`${stack}: ${problem}`);
    for (const { stack, problems } of report.stacks)
      for (const problem of problems) output.problem(`${stack}: ${problem}`);
    if (deviations.length === 0) output.line(`${name}: as it should be`);
    if (plans.some(({ verdict }) => verdict === "failed")) return Exit.error;
    return deviations.length === 0 ? Exit.ok : Exit.changes;
  });
}
