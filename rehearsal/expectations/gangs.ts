import { spoken } from "../objects/time";
import type { Result } from "../story/result";
import type { Attempt, TaskStory } from "../story/task-story";
import type { Check } from "./check";

/** Pods of a gang start one after the other, really; Kueue and the operator are not any faster. */
const NOISE_REAL_MS = 3_000;

/** At its end the operator has to see it first, and Kubernetes' garbage collector to take the pods of what is deleted. */
const END_REAL_MS = 6_000;

function gangs(
  { stories }: Result,
  problem: (attempt: Attempt, story: TaskStory) => string | undefined,
): string[] {
  return stories
    .filter(({ task }) => task.nodes > 1)
    .flatMap((story) => story.attempts.flatMap((attempt) => problem(attempt, story) ?? []));
}

const timeFactor = ({ scenario }: Result) => scenario.hoursPerMinute * 60;
const noise = (result: Result) => NOISE_REAL_MS * timeFactor(result);
const end = (result: Result) => END_REAL_MS * timeFactor(result);
const starts = ({ members }: Attempt) => [...members.values()].flatMap(({ running }) => running ?? []);

export const gangChecks: {
  readonly "gangs-start-whole": Check<"gangs-start-whole">;
  readonly "gangs-ask-as-one": Check<"gangs-ask-as-one">;
  readonly "nothing-runs-on": Check<"nothing-runs-on">;
  readonly "gang-runs-within": Check<"gang-runs-within">;
} = {
  "gangs-start-whole": {
    sentence: () => "a task on several nodes starts on all of them or on none",
    broken: (result) =>
      gangs(result, (attempt, { task }) => {
        const running = starts(attempt);
        if (running.length === 0) return undefined;
        if (running.length < task.nodes)
          return `${task.id} ran on ${running.length} of its ${task.nodes} nodes`;
        const apart = Math.max(...running) - Math.min(...running);
        return apart > noise(result)
          ? `the first pod of ${task.id} ran ${spoken(apart)} before its last`
          : undefined;
      }),
  },
  "gangs-ask-as-one": {
    sentence: () => "a task on several nodes asks for all of them in one request",
    broken: (result) =>
      gangs(result, ({ requests, pod, running }, { task }) => {
        const namespace = pod.split("/")[0];
        const sizes = [...requests].map((name) => result.requests.get(`${namespace}/${name}`));
        const other = sizes.find((size) => size !== task.nodes);
        if (other !== undefined) return `${task.id} asked for ${other} of its ${task.nodes} nodes`;
        return running !== undefined && sizes.length === 0 && task.provisioning === "queued"
          ? `${task.id} ran without a request of its own`
          : undefined;
      }),
  },
  "nothing-runs-on": {
    sentence: () => "no pod of a task on several nodes runs on when the task has ended",
    broken: (result) =>
      gangs(result, ({ ended = result.lasted, members }, { task }) => {
        const late = [...members.values()].filter(
          (member) => (member.ended ?? result.lasted) - ended > end(result),
        );
        const longest = Math.max(...late.map((member) => (member.ended ?? result.lasted) - ended));
        return late.length > 0
          ? `${late.length} pods of ${task.id} ran on, for up to ${spoken(longest)}`
          : undefined;
      }),
  },
  "gang-runs-within": {
    sentence: ({ group, realSeconds }) =>
      `tasks of "${group}" run within ${realSeconds} s, really, of their last node`,
    broken: (result, { group, realSeconds }) =>
      gangs(result, ({ requests, running }, { task }) => {
        const nodes = result.nodes.filter(({ name }) => requests.has(name.replace(/-\d+$/, "")));
        if (task.group !== group || running === undefined || nodes.length === 0) return undefined;
        const seconds =
          (running - Math.max(...nodes.map(({ created }) => created))) / timeFactor(result) / 1_000;
        return seconds > realSeconds
          ? `${task.id} ran ${seconds.toFixed(1)} s after its last node`
          : undefined;
      }),
  },
};
