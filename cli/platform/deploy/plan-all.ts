import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../context";
import type { Progress } from "../progress";
import { counts, type PlanRun } from "../terraform/results";
import { StackTerraform } from "../terraform/stack";
import type { RunResult } from "../terraform/run";
import type { Stack } from "../workspace";
import { rescueState } from "./rescue";

/** What became of planning one stack. */
export interface StackPlan {
  readonly stack: Stack;
  readonly terraform: StackTerraform;
  /** The saved plan. */
  readonly file: string;
  /**
   * "waits": it reads what an earlier stack has yet to make, so it can't be planned before that is applied.
   * "failed": it can't be planned at all.
   */
  readonly verdict: "unchanged" | "changes" | "waits" | "failed";
  /** Undefined when `terraform init` failed already. */
  readonly plan?: PlanRun;
  /** The run that failed. */
  readonly failure?: RunResult;
  /** The earlier stacks that it waits for. */
  readonly waitsFor?: string;
}

/**
 * Plans every stack, works with the plans, and removes them: they hold values in clear. Also where the work fails, or where
 * the process leaves at once, on a second Ctrl-C, and runs no `finally`.
 */
export async function withPlans<T>(
  context: Context,
  stacks: readonly Stack[],
  progress: Progress,
  work: (plans: readonly StackPlan[]) => T | Promise<T>,
  { destroy = false }: { readonly destroy?: boolean } = {},
): Promise<T> {
  const forget = () => {
    for (const stack of stacks) rmSync(planFile(context, stack), { force: true });
  };
  process.once("exit", forget);
  try {
    return await work(await planAll(context, stacks, progress, destroy));
  } finally {
    process.off("exit", forget);
    forget();
  }
}

/** Initialises and plans every stack, side by side. Changes nothing but a state that an earlier run left unwritten. */
async function planAll(
  context: Context,
  stacks: readonly Stack[],
  progress: Progress,
  destroy: boolean,
): Promise<readonly StackPlan[]> {
  const plans = await initialised(context, stacks, async (stack, terraform) => {
    progress.begin(stack.name, "planning");
    const result = await planStack(context, terraform, progress, destroy);
    progress.end(stack.name, summaryOf(result));
    return result;
  });
  return plans.map((plan) => withWaiting(plan, plans));
}

/** One stack, whose folder is initialised. */
export async function planStack(
  context: Context,
  terraform: StackTerraform,
  progress: Progress,
  destroy = false,
): Promise<StackPlan> {
  const { stack } = terraform;
  const file = planFile(context, stack);
  const plan = await terraform.plan(file, (message) => progress.hear(stack.name, message), destroy);
  const verdict = plan.ok ? (plan.changed ? "changes" : "unchanged") : "failed";
  return { stack, terraform, file, verdict, plan, ...(plan.ok ? {} : { failure: plan }) };
}

/** Runs `terraform init` on every stack, then `work`; a stack that can't be initialised is a failed plan. */
async function initialised(
  context: Context,
  stacks: readonly Stack[],
  work: (stack: Stack, terraform: StackTerraform) => Promise<StackPlan>,
): Promise<readonly StackPlan[]> {
  // Terraform's shared cache of providers is not safe for several writers.
  const oneByOne = context.env["TF_PLUGIN_CACHE_DIR"] !== undefined;
  let last: Promise<unknown> = Promise.resolve();
  return Promise.all(
    stacks.map(async (stack) => {
      const terraform = new StackTerraform(context, stack);
      const start = oneByOne ? last.then(() => terraform.init()) : terraform.init();
      last = start;
      const init = await start;
      const file = planFile(context, stack);
      if (init.ending.how !== "exited" || init.ending.code !== 0)
        return { stack, terraform, file, verdict: "failed", failure: init } as const;
      await rescueState(context, terraform);
      return work(stack, terraform);
    }),
  );
}

function planFile({ outdir }: Context, { name }: Stack): string {
  const folder = join(outdir, "plans");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${name}.tfplan`);
}

/** A plan that failed because something is not there yet that an earlier stack will make. */
function withWaiting(plan: StackPlan, all: readonly StackPlan[]): StackPlan {
  const { failure } = plan;
  if (plan.verdict !== "failed" || !plan.plan || failure?.ending.how !== "exited") return plan;
  if (failure.diagnostics.some(({ summary }) => notForWantOfAStack.test(summary))) return plan;
  const earlier = new Set(
    earlierOf(plan.stack, all)
      .filter(makesSomething)
      .map(({ stack }) => stack.name),
  );
  return earlier.size > 0 ? { ...plan, verdict: "waits", waitsFor: [...earlier].join(", ") } : plan;
}

const notForWantOfAStack = /state lock|backend|state data|prevent_destroy|cannot be destroyed/i;

function earlierOf({ dependencies }: Stack, all: readonly StackPlan[]): readonly StackPlan[] {
  return all
    .filter(({ stack }) => dependencies.includes(stack.name))
    .flatMap((plan) => [...earlierOf(plan.stack, all), plan]);
}

function makesSomething({ plan, verdict }: StackPlan): boolean {
  if (verdict === "waits" || plan?.inState === false) return true;
  return plan?.changes.some(({ action }) => action === "create" || action === "replace") ?? false;
}

export function summaryOf({ verdict, plan }: StackPlan): string {
  if (verdict === "failed") return "not planned";
  if (verdict === "unchanged") return "no changes";
  const { add, change, destroy } = counts(plan?.changes ?? []);
  return `${add} to add, ${change} to change, ${destroy} to destroy`;
}
