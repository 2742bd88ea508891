import type { Command } from "../command";
import { commandLine } from "../command-line";
import type { Context } from "../context";
import { applyAll, type StackOutcome } from "../deploy/apply-all";
import { describeOutcome } from "../deploy/describe";
import { type Danger, dangersOf, describeDanger } from "../deploy/guard";
import { type StackPlan, withPlans } from "../deploy/plan-all";
import { printOutcomes } from "../deploy/print";
import { deviationsOf, planApplied } from "../deploy/verify-all";
import { Exit } from "../exit";
import { refusal } from "../deploy/refusal";
import { planReport } from "../plan/report";
import { printPlan } from "../plan/text";
import { withCheckedStacks } from "../preflight/with-stacks";
import { Progress } from "../progress";
import type { Stack } from "../workspace";
import { terraformOptions, unlockOption } from "./shared-options";

export const deploy: Command = {
  description: {
    name: "deploy",
    summary: "bring an environment to what its file says: check, plan, apply, verify",
    environment: "required",
    options: [
      { flags: "--yes", summary: "apply without asking; needed where there is no terminal" },
      {
        flags: "--allow-replace <address...>",
        summary: "stateful addresses that may be destroyed or replaced",
      },
      unlockOption,
      ...terraformOptions,
    ],
    exits: {
      [Exit.ok]: "deployed and verified, or nothing to do",
      [Exit.error]: "failed on the way; it says what is done, what is not, and the next step",
      [Exit.changes]: "everything was applied, and a plan is still not empty or an output is missing",
      [Exit.toolMissing]: "Terraform is missing or too old",
      [Exit.refused]: "stopped before anything was changed",
    },
  },
  run: (context) => withCheckedStacks(context, (stacks) => work(context, stacks)),
};

async function work(context: Context, stacks: readonly Stack[]): Promise<number> {
  const { output } = context;
  const progress = new Progress(output);
  return withPlans(
    context,
    stacks,
    progress,
    async (plans) => (await refuse(context, plans)) ?? apply(context, stacks, plans, progress),
  );
}

/** Shows the plan; the exit code when it must not or may not be applied. */
async function refuse(context: Context, plans: readonly StackPlan[]): Promise<number | undefined> {
  const { output, name, options, ask } = context;
  const report = planReport(context, plans);
  const refused = refusal(context, report);
  if (plans.every(({ verdict }) => verdict === "unchanged")) return undefined;

  printPlan(output, report);
  if (context.stop.aborted) return refused("asked to stop");
  if (plans.some(({ verdict }) => verdict === "failed")) return refused();
  const dangers = plans.flatMap(({ stack, plan }) =>
    dangersOf(stack, plan?.changes ?? [], options.list("allowReplace")),
  );
  if (dangers.length > 0) return refused(...dangers.flatMap(refusedDanger));
  if (options.flag("yes")) return undefined;
  if (!ask) return refused("there is nobody to ask; to apply this plan, add --yes");
  const answer = await ask(`Apply this to "${name}"? Type yes: `);
  return answer.trim() === "yes" ? undefined : refused("not confirmed");
}

function refusedDanger(danger: Danger): string[] {
  return [describeDanger(danger), `  → if that is meant, add --allow-replace ${danger.change.address}`];
}

async function apply(
  context: Context,
  stacks: readonly Stack[],
  plans: readonly StackPlan[],
  progress: Progress,
): Promise<number> {
  const { output, name, options } = context;
  const allowed = options.list("allowReplace");
  const outcomes = await applyAll(context, stacks, plans, { allowed, progress });
  const reports = outcomes.map((outcome) => describeOutcome(context, outcome));
  const through = outcomes.every(({ status }) => status === "applied" || status === "unchanged");
  if (!through) {
    printOutcomes(output, reports);
    output.problem(`${name}: not deployed${context.stop.aborted ? ": asked to stop" : ""}`);
    if (context.stop.aborted) output.problem(`  → to go on from there: ${commandLine(context)}`);
    output.result({ environment: name, status: "failed", stacks: reports });
    return Exit.error;
  }

  const applied = outcomes.filter(({ status }) => status === "applied").map(({ stack }) => stack.name);
  const verified = await planApplied(context, withPlansOf(plans, outcomes), applied, progress);
  const deviations = deviationsOf(verified);
  for (const { stack, problem } of deviations) output.problem(`${stack}: ${problem}`);
  output.result({ environment: name, status: "deployed", stacks: reports, deviations });
  if (deviations.length > 0) {
    output.line(`${name}: applied, but not as it should be; look at what is listed, then deploy again`);
    return Exit.changes;
  }
  output.line(applied.length > 0 ? `${name}: deployed and verified` : `${name}: nothing to do`);
  return Exit.ok;
}

/** A stack that waited has been planned since. */
function withPlansOf(plans: readonly StackPlan[], outcomes: readonly StackOutcome[]): readonly StackPlan[] {
  return plans.map((planned) => {
    const outcome = outcomes.find(({ stack }) => stack.name === planned.stack.name);
    if (outcome?.status !== "unchanged" || !outcome.plan) return planned;
    return { ...planned, verdict: "unchanged", plan: outcome.plan };
  });
}
