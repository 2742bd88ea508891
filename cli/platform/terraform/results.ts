import type { Action, Message } from "./messages";
import type { RunResult } from "./run";

/** One thing that a plan would do. */
export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Terraform's word for why, e.g. "tainted", "cannot_update". */
  readonly reason?: string;
  /** Where it was in the state, when it moves. */
  readonly from?: string;
}

/** What somebody changed outside Terraform: which stated attributes; none of one that is gone. */
export interface Drift extends Change {
  readonly attributes?: readonly string[];
}

export interface PlanRun extends RunResult {
  readonly ok: boolean;
  /** Whether the plan holds anything to do, outputs included. */
  readonly changed: boolean;
  readonly changes: readonly Change[];
  /** What somebody changed behind Terraform's back. */
  readonly drift: readonly Drift[];
  /** Whether its state held anything: false before the first deploy. */
  readonly inState: boolean;
  /** Names of the outputs that are in the state as they should be. */
  readonly outputs: readonly string[];
}

/** One thing that an apply did or began. */
export interface Step {
  readonly address: string;
  readonly action: Action;
  /** What its provider calls it, for an import. */
  readonly id?: string;
}

export interface ApplyRun extends RunResult {
  readonly ok: boolean;
  readonly done: readonly Step[];
  readonly failed: readonly Step[];
  /** Begun, and neither done nor failed when Terraform ended. */
  readonly open: readonly Step[];
}

/** As Terraform counts: a replacement is one to add and one to destroy. */
export function counts(changes: readonly Change[]): { add: number; change: number; destroy: number } {
  const of = (...actions: readonly Action[]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  return { add: of("create", "replace"), change: of("update"), destroy: of("delete", "replace") };
}

/** Gathers what a plan says. */
export class PlanListener {
  private readonly changes: Change[] = [];
  /** Whether anything reads differently than it was written; whether somebody changed it, only the plan's file says. */
  drifted = false;
  private readonly outputs: string[] = [];
  private inState = false;
  private summary: { add: number; change: number; remove: number } | undefined;

  hear(message: Message): void {
    if (message.type === "planned_change") this.changes.push(changeOf(message.change));
    else if (message.type === "resource_drift") this.drifted = true;
    else if (message.type === "refresh_start") this.inState = true;
    else if (message.type === "change_summary") this.summary = message.changes;
    else if (message.type === "outputs")
      for (const [name, { action }] of Object.entries(message.outputs))
        if (action === "noop") this.outputs.push(name);
  }

  /** Whether every change was heard: a full disk can swallow the message of a deletion. */
  get complete(): boolean {
    const { add, change, destroy } = counts(this.changes);
    return this.summary?.add === add && this.summary.change === change && this.summary.remove === destroy;
  }

  result(run: RunResult, ok: boolean, changed: boolean, drift: readonly Drift[] = []): PlanRun {
    const { changes, inState, outputs } = this;
    return { ...run, ok, changed, changes, drift, inState, outputs };
  }
}

/** Gathers what an apply does. */
export class ApplyListener {
  private readonly done: Step[] = [];
  private readonly failed: Step[] = [];
  private readonly open = new Map<string, Step>();

  hear(message: Message): void {
    if (!("hook" in message) || message.type === "refresh_start") return;
    const { resource, action, id_value: id } = message.hook;
    const step: Step = { address: resource.addr, action, ...(id ? { id } : {}) };
    if (message.type === "apply_start") this.open.set(step.address, step);
    if (message.type === "apply_complete") this.done.push(step);
    if (message.type === "apply_errored") this.failed.push(step);
    if (message.type === "apply_complete" || message.type === "apply_errored") this.open.delete(step.address);
  }

  result(run: RunResult): ApplyRun {
    const ok = run.ending.how === "exited" && run.ending.code === 0;
    return { ...run, ok, done: this.done, failed: this.failed, open: [...this.open.values()] };
  }
}

function changeOf(change: Extract<Message, { type: "planned_change" | "resource_drift" }>["change"]): Change {
  const { resource, previous_resource: previous, action, reason } = change;
  return {
    address: resource.addr,
    type: resource.resource_type,
    action,
    ...(reason ? { reason } : {}),
    ...(previous ? { from: previous.addr } : {}),
  };
}
