import type { Command } from "../command";
import type { Context } from "../context";
import { withPlans } from "../deploy/plan-all";
import { deviationsOf } from "../deploy/verify-all";
import { Exit } from "../exit";
import { planReport } from "../plan/report";
import { withCheckedStacks } from "../preflight/with-stacks";
import { Progress } from "../progress";
import { runFirst } from "../verify/run";
import type { Stack } from "../workspace";
import { terraformOptions, unlockOption } from "./shared-options";

export const verify: Command = {
  description: {
    name: "verify",
    summary:
      "check that what is deployed is what the file says, and with --run that tasks run; changes nothing",
    environment: "required",
    options: [
      {
        flags: "--run",
        summary: "then run two small tasks by Flyte's API, see them queued and cached, and put them away",
      },
      { flags: "--run-limit <minutes>", summary: "how long each of the two runs may take (default: 20)" },
      unlockOption,
      ...terraformOptions,
    ],
    exits: {
      [Exit.ok]: "every plan is empty and every output is there",
      [Exit.error]: "a check failed, or a stack can't be planned",
      [Exit.changes]: "something differs, is not deployed yet, or does not run as it should",
      [Exit.toolMissing]: "Terraform is missing or too old; for --run also gcloud, kubectl, Python",
    },
  },
  run: async (context) => {
    const code = await withCheckedStacks(context, (stacks) => work(context, stacks));
    return code === Exit.ok && context.options.flag("run") ? runFirst(context) : code;
  },
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
