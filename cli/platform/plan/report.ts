import type { Context } from "../context";
import { dangersOf } from "../deploy/guard";
import { problemsOf } from "../deploy/describe";
import { adviceFor } from "../deploy/advice";
import { readResources } from "../deploy/import-ids";
import type { StackPlan } from "../deploy/plan-all";
import { type Change, counts, type Drift } from "../terraform/results";

/** A plan of one environment, as data: what --json prints, and what the texts are made from. */
export interface PlanReport {
  readonly environment: string;
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  /** Every destroyed or replaced address, the stateful ones with what is lost. */
  readonly destructive: readonly {
    readonly stack: string;
    readonly address: string;
    readonly action: string;
    readonly reason?: string;
    readonly loss?: string;
  }[];
  readonly stacks: readonly StackSummary[];
}

export interface StackSummary {
  readonly stack: string;
  readonly verdict: StackPlan["verdict"];
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  readonly waitsFor?: string;
  /** What Terraform said of a stack that waits: should that have another cause, it stands here. */
  readonly because?: string;
  readonly problems: readonly string[];
  readonly next: readonly string[];
}

export function planReport(
  { command, name: environment }: Pick<Context, "command" | "name">,
  plans: readonly StackPlan[],
): PlanReport {
  const stacks = plans.map((plan) => stackSummary(command, environment, plan));
  const sum = (key: "add" | "change" | "destroy") => sumOf(stacks.map((stack) => stack[key]));
  return {
    environment,
    add: sum("add"),
    change: sum("change"),
    destroy: sum("destroy"),
    destructive: plans.flatMap(destructive),
    stacks,
  };
}

function stackSummary(
  command: string,
  environment: string,
  { stack, verdict, plan, failure, waitsFor }: StackPlan,
): StackSummary {
  const failed = verdict === "failed" ? failure : undefined;
  const changes = verdict === "changes" ? byAddress(plan?.changes ?? []) : [];
  return {
    stack: stack.name,
    verdict,
    ...counts(changes),
    changes,
    drift: plan?.drift ?? [],
    ...(waitsFor ? { waitsFor } : {}),
    ...(verdict === "waits" && failure ? { because: problemsOf(failure)[0] ?? "" } : {}),
    problems: failed ? problemsOf(failed) : [],
    next: failed
      ? adviceFor({
          ...{ stack, environment, command, run: failed },
          resources: readResources(stack.folder),
        }).map(({ what, next }) => `${what} Next: ${next}`)
      : [],
  };
}

function destructive({ stack, verdict, plan }: StackPlan): PlanReport["destructive"] {
  if (verdict !== "changes" || !plan) return [];
  const dangers = dangersOf(stack, plan.changes, []);
  return plan.changes
    .filter(({ action }) => action === "delete" || action === "replace")
    .map(({ address, action, reason }) => {
      const loss = dangers.find(({ change }) => change.address === address)?.loss;
      return { stack: stack.name, address, action, ...(reason ? { reason } : {}), ...(loss ? { loss } : {}) };
    });
}

/** "3 to add, 1 to change, 0 to destroy", or that there is nothing to do. */
export function headline({ stacks, add, change, destroy }: PlanReport): string {
  const failed = stacks.filter(({ verdict }) => verdict === "failed").length;
  if (failed > 0) return `${failed} of ${stacks.length} stacks can't be planned`;
  const waiting = stacks.filter(({ verdict }) => verdict === "waits").length;
  const later = waiting > 0 ? `, ${waiting} not yet plannable` : "";
  if (stacks.every(({ verdict }) => verdict === "unchanged")) return "no changes";
  const moved = sumOf(stacks.map(movedIn));
  return `${add} to add, ${change} to change, ${destroy} to destroy${moved > 0 ? `, ${moved} moved` : ""}${later}`;
}

/** A stack's line: counts, or why there are none. */
export function verdictText({ verdict, add, change, destroy, waitsFor, changes }: StackSummary): string {
  if (verdict === "failed") return "can't be planned";
  if (verdict === "waits") return `not yet plannable: needs ${waitsFor ?? "an earlier stack"} first`;
  if (verdict === "unchanged") return "no changes";
  const moved = movedIn({ changes });
  const others = [
    moved > 0 ? `, ${moved} moved` : "",
    add + change + destroy + moved === 0 ? " (outputs only)" : "",
  ];
  return `${add} to add, ${change} to change, ${destroy} to destroy${others.join("")}`;
}

/** What was changed outside Terraform, in a line. */
export function driftText({ address, action, attributes = [] }: Drift): string {
  if (action === "delete") return `${address} was deleted outside Terraform`;
  return `${address} was changed outside Terraform${attributes.length > 0 ? `: ${attributes.join(", ")}` : ""}`;
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

const movedIn = ({ changes }: Pick<StackSummary, "changes">) =>
  changes.filter(({ action, from }) => action === "move" || from !== undefined).length;

const byAddress = (changes: readonly Change[]) =>
  [...changes].sort((a, b) => (a.address < b.address ? -1 : 1));
