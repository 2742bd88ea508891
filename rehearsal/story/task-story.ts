import type { PlannedTask } from "../scenarios/plan";

export type AttemptEnd = "succeeded" | "failed" | "taken-away" | "unfinished";

/** A pod of a gang. */
export interface Member {
  running?: number;
  ended?: number;
}

/** One pod of a task, or one time that the job of a gang was let go: Kueue suspends a job and lets it go again. Times are milliseconds of the environment's time since the scenario's start. */
export interface Attempt {
  readonly pod: string;
  readonly submitted: number;
  /** Kueue held it back from its first moment. */
  readonly gated: boolean;
  /** Kueue has made a workload of it. */
  known?: number;
  /** Kueue keeps quota for it. */
  reserved?: number;
  /** Kueue lets it go. */
  admitted?: number;
  running?: number;
  ended?: number;
  end: AttemptEnd;
  /** Why it was taken away or failed, in Kubernetes' words. */
  reason?: string;
  /** What Kueue says of a workload that it will not admit any more. */
  rejection?: { readonly at: number; readonly message: string };
  flavor?: string;
  /** What Kueue counts for it, in Kubernetes' words: "1250m". */
  cpu?: string;
  nodeSelector?: Readonly<Record<string, string>>;
  /** The gang's pods, by uid. Empty for a plain pod. */
  readonly members: Map<string, Member>;
  /** Provisioning requests that were made for it. */
  readonly requests: Set<string>;
  /** Times that Kueue took its quota back while it was gated. */
  requeued: number;
}

export interface TaskStory {
  readonly task: PlannedTask;
  readonly attempts: Attempt[];
  outcome: "succeeded" | "failed" | "unfinished";
  /** Creations that failed and were tried again, e.g. while Kueue was away. */
  refusals: number;
  /** The refusal that ended it: nothing that Flyte can do about it. */
  refusal?: { readonly at: number; readonly message: string };
}

export function newAttempt(pod: string, submitted: number, gated: boolean): Attempt {
  return { pod, submitted, gated, end: "unfinished", members: new Map(), requests: new Set(), requeued: 0 };
}

/** From the submission to the first moment that the task ran; unfinished waits count up to `now`. */
export function waited({ attempts }: TaskStory, now: number): number {
  const first = attempts[0];
  if (!first) return 0;
  const ran = attempts.find(({ running }) => running !== undefined)?.running;
  return (ran ?? now) - first.submitted;
}

export function ran({ attempts }: TaskStory, now: number): number {
  return attempts.reduce(
    (sum, { running, ended }) => sum + (running === undefined ? 0 : (ended ?? now) - running),
    0,
  );
}
