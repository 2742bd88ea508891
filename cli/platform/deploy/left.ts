import type { ApplyRun, PlanRun, Step } from "../terraform/results";

/** Planned addresses that an apply did not get done. */
export function notDone(plan: PlanRun, apply: ApplyRun | undefined): readonly string[] {
  const done = new Set((apply?.done ?? []).map(({ address }) => address));
  return plan.changes
    .filter(({ action }) => ["create", "update", "delete", "replace"].includes(action))
    .map(({ address }) => address)
    .filter((address) => !done.has(address));
}

/** What may exist without being in the state, after a Terraform that was killed: made, or about to be. */
export function perhapsUnrecorded({ ending, done, open }: ApplyRun): readonly Step[] {
  if (ending.how === "exited") return [];
  return [...done, ...open].filter(({ action }) => action === "create" || action === "replace");
}
