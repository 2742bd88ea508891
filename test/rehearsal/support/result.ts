import type { PlannedTask } from "../../../rehearsal/scenarios/plan";
import type { Expectation } from "../../../rehearsal/expectations/expectation";
import type { Result } from "../../../rehearsal/story/result";
import { type Attempt, type TaskStory, newAttempt } from "../../../rehearsal/story/task-story";
import { exampleModel } from "./example";

export const HOUR = 3_600_000;
export const MINUTE = 60_000;

export function task(id: string, change: Partial<PlannedTask> = {}): PlannedTask {
  return {
    id,
    group: id,
    team: "product",
    namespace: "search-development",
    template: "h100-dws",
    flavor: "h100-dws",
    provisioning: "queued",
    gpus: 8,
    cpu: 1,
    nodes: 1,
    written: false,
    runsMs: HOUR,
    atMs: 0,
    retries: 1,
    hangs: false,
    ...change,
  };
}

/** An attempt that went well: submitted at 0, quota at once, a node after ten minutes, an hour of work. */
export function attempt(change: Partial<Attempt> = {}): Attempt {
  return {
    ...newAttempt("search-development/train-n0-0", 0, true),
    reserved: 0,
    admitted: 9 * MINUTE,
    running: 10 * MINUTE,
    ended: 70 * MINUTE,
    end: "succeeded",
    flavor: "h100-dws",
    nodeSelector: { "cloud.google.com/gke-accelerator": "nvidia-h100-80gb" },
    requests: new Set(["pod-train"]),
    ...change,
  };
}

export function story(
  of: PlannedTask,
  attempts: Attempt[],
  outcome: TaskStory["outcome"] = "succeeded",
): TaskStory {
  return { task: of, attempts, outcome, refusals: 0 };
}

export function result(stories: readonly TaskStory[], expect: readonly Expectation[] = []): Result {
  return {
    scenario: { name: "test", question: "Does it hold?", hoursPerMinute: 1, atMost: "4h", tasks: [], expect },
    model: exampleModel(),
    stories,
    nodes: [],
    deeds: {},
    incidents: [],
    lasted: 2 * HOUR,
    requests: new Map(),
    strangers: [],
    seconds: 20,
    startSeconds: 10,
    memoryMib: 1500,
  };
}
