import { milliseconds, spoken } from "../objects/time";
import { teamOf } from "../scenarios/plan";
import type { Result } from "../story/result";
import { type Attempt, type TaskStory, waited } from "../story/task-story";
import type { Check } from "./check";

const list = (groups: readonly string[]) => groups.map((group) => `"${group}"`).join(", ");

const inGroups = ({ stories }: Result, groups: readonly string[] | undefined) =>
  stories.filter(({ task }) => !groups || groups.includes(task.group));

/** What a task does at the end, for people. */
export function stateOf({ attempts, outcome, refusals, refusal }: TaskStory): string {
  const last = attempts.at(-1);
  if (refusal) return `was refused: ${refusal.message}`;
  if (outcome === "succeeded") return "succeeded";
  if (!last) return refusals > 0 ? "is still not taken: nobody answered" : "was never submitted";
  if (last.rejection && last.ended === undefined) return `is gated for ever: ${last.rejection.message}`;
  if (outcome === "failed") return `failed after ${attempts.length} attempts: ${last.reason ?? last.end}`;
  if (last.running !== undefined && last.ended === undefined) return "still runs";
  if (last.admitted !== undefined && last.ended === undefined) return "was let go but found no node";
  return last.reserved === undefined ? "still waits for quota" : "has quota and still waits for capacity";
}

function evictions({ stories }: Result): { story: TaskStory; attempt: Attempt; reason: string }[] {
  return stories.flatMap((story) =>
    story.attempts
      .filter(({ end }) => end === "taken-away" || end === "failed")
      .map((attempt) => ({ story, attempt, reason: attempt.reason ?? "unknown" })),
  );
}

export const outcomeChecks: {
  readonly "tasks-succeed": Check<"tasks-succeed">;
  readonly refused: Check<"refused">;
  readonly prevented: Check<"prevented">;
  readonly "rejections-end": Check<"rejections-end">;
  readonly "waits-visibly": Check<"waits-visibly">;
  readonly "no-evictions": Check<"no-evictions">;
  readonly "evicted-for": Check<"evicted-for">;
  readonly "waits-at-most": Check<"waits-at-most">;
} = {
  "tasks-succeed": {
    sentence: ({ groups }) => (groups ? `tasks of ${list(groups)} succeed` : "every task succeeds"),
    broken: (result, { groups }) =>
      inGroups(result, groups)
        .filter(({ outcome }) => outcome !== "succeeded")
        .map((story) => `${story.task.id} ${stateOf(story)}`),
  },
  refused: {
    sentence: ({ groups }) => `${list(Object.keys(groups))} are refused, and told what to do`,
    broken: (result, { groups }) =>
      inGroups(result, Object.keys(groups))
        .filter(({ refusal, task }) => !refusal?.message.includes(groups[task.group] ?? ""))
        .map((story) => `${story.task.id} ${stateOf(story)}`),
  },
  prevented: {
    sentence: ({ deeds }) => `${list(Object.keys(deeds))} are prevented, whatever rights somebody was given`,
    broken: (result, { deeds }) =>
      Object.entries(deeds)
        .filter(([name, words]) => !result.deeds[name]?.includes(words))
        .map(([name]) => `${name} ${result.deeds[name] ?? "was let be done"}`),
  },
  "rejections-end": {
    sentence: ({ groups, within }) =>
      `Flyte sees the end of ${list(groups)} within ${within} of Kueue's giving up`,
    broken: (result, { groups, within }) =>
      inGroups(result, groups).flatMap((story) => {
        const rejected = story.attempts.filter(({ rejection }) => rejection);
        if (rejected.length === 0) return [`${story.task.id} was not given up: it ${stateOf(story)}`];
        return rejected
          .filter(({ rejection, ended }) => (ended ?? Infinity) - (rejection?.at ?? 0) > milliseconds(within))
          .map(() => `${story.task.id} ${stateOf(story)}`);
      }),
  },
  "waits-visibly": {
    sentence: ({ groups }) => `${list(groups)} waits behind a request that an alert can see`,
    broken: (result, { groups }) =>
      inGroups(result, groups)
        .filter(({ attempts, outcome }) => outcome !== "unfinished" || !attempts.at(-1)?.requests.size)
        .map((story) => `${story.task.id} ${stateOf(story)}`),
  },
  "no-evictions": {
    sentence: ({ except }) =>
      except ? `no task is thrown out but for ${except.join(", ")}` : "no task is thrown out",
    broken: (result, { except = [] }) =>
      evictions(result)
        .filter(({ reason }) => !except.some((each) => reason.includes(each)))
        .map(({ story, attempt, reason }) => {
          const { ended = 0, submitted } = attempt;
          return `${story.task.id} was thrown out ${spoken(ended - submitted)} after its submission: ${reason}`;
        }),
  },
  "evicted-for": {
    sentence: ({ reason, team }) => `a task of team ${team} is thrown out for ${reason}`,
    broken: (result, { reason, team }) => {
      const { name } = teamOf(team, result.model);
      const seen = evictions(result).filter(({ story }) => story.task.team === name);
      if (seen.some((each) => each.reason.includes(reason))) return [];
      const others = [...new Set(seen.map((each) => each.reason))].join(", ");
      return [`no task of ${name} was${others && `, only for ${others}`}`];
    },
  },
  "waits-at-most": {
    sentence: ({ group, wait }) => `no task of "${group}" waits longer than ${wait}`,
    broken: (result, { group, wait }) =>
      inGroups(result, [group])
        .filter((story) => waited(story, result.lasted) > milliseconds(wait))
        .map((story) => `${story.task.id} waited ${spoken(waited(story, result.lasted))}`),
  },
};
