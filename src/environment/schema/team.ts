import {
  decimal,
  defaulted,
  either,
  group,
  listOf,
  mapOf,
  oneOf,
  optional,
  required,
  wholeNumber,
} from "./kinds";
import { groupAddress, label } from "./names";
import { teamAccess } from "./team-access";

const gpus = () => wholeNumber(0, 100_000, "GPUs");

const quota = either("a whole number of GPUs from 0 to 100000, or { nominal, borrowing?, lending? }", [
  gpus(),
  group({
    nominal: required(gpus(), { meaning: "What the team always has.", change: "In place." }),
    borrowing: optional(gpus(), {
      meaning: "How much more it may use while other teams leave theirs idle.",
      default: "as much as there is",
      change: "In place.",
    }),
    lending: optional(gpus(), {
      meaning: "How much of its idle quota others may use; at most `nominal`.",
      default: "all of it",
      change: "In place.",
    }),
  }),
]);

/** A team: its projects and its quota. What teams must satisfy together is judged by constructs/kueue/rules.ts. */
export const team = group({
  projects: required(listOf("Flyte projects (lower-case letters, digits and hyphens)", label()), {
    meaning: "The team's Flyte projects. A project belongs to one team.",
    change: "In place; the namespaces of a removed project stay.",
    example: '["vision", "nlp"]',
  }),
  group: optional(groupAddress(), {
    meaning:
      "The Google group of the team's people: they may look at the team's namespaces, queues and logs, replace the Secrets of its tasks, and push images to a repository of the team's own. A member of `cluster.securityGroup`. docs/people.md says what they may, and what not.",
    default: "nobody: whoever is let in is let in by hand",
    change:
      "In place. Taking it away deletes the team's repository, which `deletionProtection` refuses, and its log bucket.",
    example: '"ml-research@acme.example"',
  }),
  cpu: required(wholeNumber(1, 10_000_000, "vCPU"), {
    meaning: "Quota of CPU for tasks without a GPU, and for GPU flavors that share the team's queue.",
    change: "In place.",
    example: "400",
  }),
  memoryGib: required(wholeNumber(1, 100_000_000, "GiB"), {
    meaning: "Quota of memory, likewise.",
    change: "In place.",
    example: "1600",
  }),
  gpus: defaulted(
    mapOf("GPU quotas by flavor", label(), quota),
    {},
    {
      meaning:
        "Quota of GPUs (not nodes) by flavor, preferred ones first: a number, or with limits for borrowing and lending.",
      change: "In place. Running tasks keep what they have.",
      example: '{ l4: 8, "h100-dws": { nominal: 16, borrowing: 16, lending: 8 } }',
    },
  ),
  volumes: optional(listOf("names of volumes", label()), {
    meaning: "Which of the environment's `volumes` its tasks find under `/mnt/<name>`.",
    default: "none",
    change: "In place, for tasks from then on.",
    example: '["datasets", "scratch"]',
  }),
  access: optional(teamAccess, {
    meaning:
      "What its tasks, and no other team's, may use with their namespaces' identity: buckets, datasets and secrets, each by its name, never a project as a whole.",
    default: "nothing beside its volumes and what Flyte hands on",
    change: "See each key.",
  }),
  weight: optional(decimal(0.001, 1000), {
    meaning: "Its share when teams compete for idle quota: 2 gets twice as much as 1.",
    default: "1",
    change: "In place.",
  }),
  preemption: optional(oneOf("never", "reclaim", "lower-priority"), {
    meaning:
      "Whose running tasks may be stopped for one of the team that waits: nobody's (`never`); those of other teams that use quota borrowed from it (`reclaim`); those, and its own of lower priority (`lower-priority`). A stopped task starts again and costs a retry.",
    default: "reclaim",
    change: "In place.",
  }),
  order: optional(oneOf("priority", "usage"), {
    meaning:
      "Whose task of the team goes next: by priority, then by waiting time (`priority`); or of the project that used least lately (`usage`).",
    default: "priority",
    change: "In place.",
  }),
  stopPolicy: optional(oneOf("None", "Hold", "HoldAndDrain"), {
    meaning:
      "`Hold` admits no new task; `HoldAndDrain` also stops the running ones. For draining before an upgrade.",
    default: "None",
    change: "In place.",
  }),
});
