import type { Context } from "../context";
import type { Progress } from "../progress";
import { planStack, type StackPlan } from "./plan-all";

/** What is not as the configuration says, right after it was applied. */
export interface Deviation {
  readonly stack: string;
  readonly problem: string;
}

/** Plans again what was applied. */
export async function planApplied(
  context: Context,
  plans: readonly StackPlan[],
  applied: readonly string[],
  progress: Progress,
): Promise<readonly StackPlan[]> {
  return Promise.all(
    plans.map(async (plan) => {
      if (!applied.includes(plan.stack.name)) return plan;
      progress.begin(plan.stack.name, "verifying");
      const again = await planStack(context, plan.terraform, progress);
      progress.end(plan.stack.name, again.verdict === "unchanged" ? "verified" : "not as it should be");
      return again;
    }),
  );
}

/** Every plan is empty, every output is there. */
export function deviationsOf(plans: readonly StackPlan[]): readonly Deviation[] {
  return plans.flatMap(({ stack, verdict, plan, waitsFor }) => {
    const say = (problem: string): Deviation[] => [{ stack: stack.name, problem }];
    if (verdict === "failed") return say("can't be planned");
    if (verdict === "waits")
      return say(`is not deployed yet, and waits for ${waitsFor ?? "an earlier stack"}`);
    const missing = stack.outputs.filter((name) => !plan?.outputs.includes(name));
    const changes = (plan?.changes ?? []).map(({ address, action }) => `${action} ${address}`);
    return [
      ...(changes.length > 0 ? say(`its plan is not empty: ${changes.join(", ")}`) : []),
      ...(missing.length > 0 ? say(`outputs are missing or not up to date: ${missing.join(", ")}`) : []),
    ];
  });
}
