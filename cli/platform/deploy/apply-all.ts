import type { Context } from "../context";
import { alongGraph } from "../graph";
import type { Lock } from "../preflight/lock";
import { readLock } from "../preflight/lock";
import type { Progress } from "../progress";
import type { RunResult } from "../terraform/run";
import type { ApplyRun, PlanRun } from "../terraform/results";
import type { Stack } from "../workspace";
import { type Danger, dangersOf } from "./guard";
import { planStack, type StackPlan } from "./plan-all";
import { notDone } from "./left";
import { type Rescue, rescueState } from "./rescue";

/** What became of one stack. */
export interface StackOutcome {
  readonly stack: Stack;
  /** "skipped": a stack before it did not get through, or somebody asked to stop. "refused": its plan was dangerous. */
  readonly status: "unchanged" | "applied" | "failed" | "skipped" | "refused";
  /** The plan that was applied, or was to be. */
  readonly plan?: PlanRun;
  readonly apply?: ApplyRun;
  /** The run that failed. */
  readonly failure?: RunResult;
  readonly dangers?: readonly Danger[];
  /** Still held by nobody alive. */
  readonly lock?: Lock;
  readonly rescue?: Rescue;
}

export interface ApplySettings {
  readonly allowed: readonly string[];
  readonly progress: Progress;
  readonly destroy?: boolean;
}

/** Applies the plans along the graph of their stacks. */
export function applyAll(
  context: Context,
  stacks: readonly Stack[],
  plans: readonly StackPlan[],
  settings: ApplySettings,
): Promise<readonly StackOutcome[]> {
  return alongGraph<StackOutcome>(stacks, async (stack, before) => {
    const planned = plans.find((plan) => plan.stack.name === stack.name);
    const through = before.every(({ status }) => status === "unchanged" || status === "applied");
    if (!planned || !through || context.stop.aborted)
      return { stack, status: "skipped", ...(planned?.plan ? { plan: planned.plan } : {}) };
    const moved = before.some(({ status }) => status === "applied");
    const current =
      moved && !settings.destroy ? await planAgain(context, planned, settings.progress) : planned;
    return applyStack(context, current, settings);
  });
}

/** What was read of the earlier stacks has changed: a database's address, a cluster's endpoint. */
async function planAgain(
  context: Context,
  { stack, terraform }: StackPlan,
  progress: Progress,
): Promise<StackPlan> {
  progress.begin(stack.name, "planning with what the stacks before it made");
  return planStack(context, terraform, progress);
}

async function applyStack(
  context: Context,
  planned: StackPlan,
  { allowed, progress, destroy }: ApplySettings,
): Promise<StackOutcome> {
  const { stack, plan, terraform, file, verdict, failure } = planned;
  if (verdict === "unchanged") return { stack, status: "unchanged", ...(plan ? { plan } : {}) };
  if (!plan || verdict !== "changes") {
    progress.end(stack.name, "can't be planned");
    return { stack, status: "failed", ...(plan ? { plan } : {}), ...(failure ? { failure } : {}) };
  }
  const dangers = destroy ? [] : dangersOf(stack, plan.changes, allowed);
  if (dangers.length > 0) {
    progress.end(stack.name, "refused");
    return { stack, status: "refused", plan, dangers };
  }

  progress.begin(stack.name, destroy ? "destroying" : "applying", stepsOf(plan));
  const apply = await terraform.apply(file, (message) => progress.hear(stack.name, message));
  if (apply.ok) {
    progress.end(stack.name, destroy ? "destroyed" : "applied");
    return { stack, status: "applied", plan, apply };
  }
  const rescue = await rescueState(context, terraform);
  if (rescue === "written" && lacksOnlyItsState(plan, apply)) {
    progress.end(stack.name, "applied; its state needed a second try");
    return { stack, status: "applied", plan, apply, rescue };
  }
  progress.end(stack.name, "failed");
  const lock = await readLock(context.google, stack).catch(() => undefined);
  return { stack, status: "failed", plan, apply, failure: apply, rescue, ...(lock ? { lock } : {}) };
}

/** How many times an apply will say that something is done. */
function stepsOf({ changes }: PlanRun): number {
  return changes.reduce((sum, { action }) => {
    if (action === "replace") return sum + 2;
    return action === "create" || action === "update" || action === "delete" ? sum + 1 : sum;
  }, 0);
}

/** Everything was done, and the one error was that the bucket did not take the state. */
function lacksOnlyItsState(plan: PlanRun, apply: ApplyRun): boolean {
  const errors = apply.diagnostics.filter(({ severity }) => severity === "error");
  const unwritten = errors.every(({ summary }) => /^Failed to (save|persist) state/i.test(summary));
  return apply.ending.how === "exited" && unwritten && notDone(plan, apply).length === 0;
}
