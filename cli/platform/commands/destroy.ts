import type { Command } from "../command";
import { commandLine } from "../command-line";
import type { Context } from "../context";
import { environmentFile } from "../app";
import { applyAll } from "../deploy/apply-all";
import { describeOutcome } from "../deploy/describe";
import { type StackPlan, withPlans } from "../deploy/plan-all";
import { printOutcomes } from "../deploy/print";
import { Exit } from "../exit";
import { reversed } from "../graph";
import { refusal } from "../deploy/refusal";
import { clusterIn, unlessUnreachable } from "../drain/cluster";
import { emptyQueues, refuseWork } from "../drain/before-destroy";
import { planReport } from "../plan/report";
import { printPlan } from "../plan/text";
import { withCheckedStacks } from "../preflight/with-stacks";
import { Progress } from "../progress";
import { protectedInState } from "../terraform/show";
import type { Stack } from "../workspace";
import { terraformOptions, unlockOption } from "./shared-options";

export const destroy: Command = {
  description: {
    name: "destroy",
    summary: "remove all of an environment, last stack first; refuses before the first deletion, not after",
    environment: "required",
    options: [
      { flags: "--confirm <env>", summary: "the environment's name again, in place of being asked" },
      {
        flags: "--drain",
        summary: "hold every team's queues, end what runs in them and wait for it, then destroy",
      },
      { flags: "--drain-wait <minutes>", summary: "longest wait for running tasks to end (default: 30)" },
      unlockOption,
      ...terraformOptions,
    ],
    exits: {
      [Exit.ok]: "everything is gone, or there was nothing",
      [Exit.error]: "failed on the way; it says what is gone, what is not, and the next step",
      [Exit.toolMissing]: "Terraform is missing or too old",
      [Exit.refused]: "protected, tasks run or wait, or not confirmed; nothing was changed",
    },
  },
  run: (context) => withCheckedStacks(context, (stacks) => work(context, stacks)),
};

async function work(context: Context, stacks: readonly Stack[]): Promise<number> {
  const { output } = context;
  const cluster = await unlessUnreachable(context, () => clusterIn(context, stacks));
  const busy = await refuseWork(context, cluster);
  if (busy !== undefined) return busy;
  const progress = new Progress(output);
  const work = async (plans: readonly StackPlan[]) =>
    (await refuse(context, plans)) ??
    (await emptyQueues(context, cluster)) ??
    removeAll(context, stacks, plans, progress);
  return withPlans(context, stacks, progress, work, { destroy: true });
}

async function refuse(context: Context, plans: readonly StackPlan[]): Promise<number | undefined> {
  const { output, name, options, ask, env } = context;
  const report = planReport(context, plans);
  const refused = refusal(context, report);
  if (plans.every(({ verdict }) => verdict === "unchanged")) return undefined;

  printPlan(output, report);
  if (plans.some(({ verdict }) => verdict === "failed" || verdict === "waits")) return refused();
  const changing = plans.filter(({ verdict }) => verdict === "changes");
  const kept = await Promise.all(changing.map(({ stack, file }) => protectedInState(stack, file, env)));
  if (kept.flat().length > 0)
    return refused(
      ...kept.flat().map((address) => `${address} has deletion protection`),
      `  → deletionProtection: false in ${environmentFile(name, options)}, then: ${commandLine({ command: "deploy", name, options })}`,
    );
  const given = options.text("confirm") ?? (await ask?.(`Destroy all of "${name}"? Type its name: `))?.trim();
  if (given === undefined) return refused(`there is nobody to ask; to destroy it, add --confirm ${name}`);
  return given === name ? undefined : refused(`not confirmed: got ${JSON.stringify(given)}`);
}

async function removeAll(
  context: Context,
  stacks: readonly Stack[],
  plans: readonly StackPlan[],
  progress: Progress,
): Promise<number> {
  const { output, name, options } = context;
  const outcomes = await applyAll(context, reversed(stacks), plans, { allowed: [], progress, destroy: true });
  const reports = outcomes.map((outcome) => describeOutcome(context, outcome));
  const through = outcomes.every(({ status }) => status === "applied" || status === "unchanged");
  output.result({ environment: name, status: through ? "destroyed" : "failed", stacks: reports });
  if (!through) {
    printOutcomes(output, reports);
    const stopped = context.stop.aborted;
    const again = commandLine(context, ...(options.flag("drain") ? ["--drain"] : []));
    output.problem(`${name}: not all of it is gone${stopped ? ": asked to stop" : ""}`);
    output.problem(`  → to go on${stopped ? " from there" : " once the cause is gone"}: ${again}`);
    return Exit.error;
  }
  const gone = outcomes.some(({ status }) => status === "applied");
  output.line(gone ? `${name}: destroyed` : `${name}: there is nothing to destroy`);
  return Exit.ok;
}
