import { ACCELERATOR } from "../../constructs/kueue/node-labels";
import type { Result } from "../story/result";
import type { Attempt, TaskStory } from "../story/task-story";
import type { Check } from "./check";

function attempts(
  { stories }: Result,
  problem: (attempt: Attempt, story: TaskStory) => string | undefined,
): string[] {
  return stories.flatMap((story) => story.attempts.flatMap((attempt) => problem(attempt, story) ?? []));
}

export const admissionChecks: {
  readonly "no-pod-starts-ungated": Check<"no-pod-starts-ungated">;
  readonly "tasks-land-as-meant": Check<"tasks-land-as-meant">;
  readonly "requests-as-meant": Check<"requests-as-meant">;
  readonly counted: Check<"counted">;
} = {
  "no-pod-starts-ungated": {
    sentence: () => "no pod runs that Kueue has not let go",
    broken: (result) =>
      attempts(result, ({ gated, running, reserved, pod }) => {
        if (!gated) return `${pod} was not held back when it was made`;
        return running !== undefined && reserved === undefined ? `${pod} ran without quota` : undefined;
      }),
  },
  "tasks-land-as-meant": {
    sentence: () => "every task lands on the flavor that it means, CPU tasks on no GPU",
    broken: (result) =>
      attempts(result, ({ admitted, flavor, nodeSelector = {} }, { task }) => {
        if (admitted === undefined) return undefined;
        const accelerator = nodeSelector[ACCELERATOR];
        if (task.gpus === 0)
          return accelerator && `${task.id} needs no GPU and was sent to nodes with ${accelerator}`;
        return flavor === task.flavor
          ? undefined
          : `${task.id} means ${task.flavor} and got ${flavor ?? "none"}`;
      }),
  },
  "requests-as-meant": {
    sentence: () => "queued tasks run only on a provisioned request, and nothing else asks for one",
    broken: (result) =>
      attempts(result, ({ requests, running }, { task }) => {
        const { id, gpus, provisioning } = task;
        const queued = gpus > 0 && provisioning === "queued";
        if (queued && running !== undefined && requests.size === 0)
          return `${id} ran without a provisioning request`;
        return !queued && requests.size > 0 ? `${id} is not queued and asked for nodes` : undefined;
      }),
  },
  counted: {
    sentence: ({ cpu }) =>
      `Kueue counts ${Object.entries(cpu)
        .map(([group, amount]) => `${amount} CPU for "${group}"`)
        .join(", ")}`,
    broken: (result, { cpu }) =>
      attempts(result, ({ pod, cpu: counted = "nothing" }, { task }) => {
        const meant = cpu[task.group];
        return meant === undefined || meant === counted ? undefined : `${pod} counts as ${counted}`;
      }),
  },
};
