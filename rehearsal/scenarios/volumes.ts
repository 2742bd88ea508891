import type { Scenario } from "./scenario";

const task = { count: 3, runs: "30m" } as const;

/** What each task asks for itself, and what GKE puts beside it. */
export const volumes: Scenario = {
  name: "volumes",
  question: "Does what mounts a bucket beside a task count against its team's quota, and go to its nodes?",
  hoursPerMinute: 4,
  atMost: "6h",
  needs: { teams: 2, provisioning: ["queued"], volumes: true },
  tasks: [
    { ...task, name: "first-team", flavor: "cpu", team: 0 },
    { ...task, name: "second-team", flavor: "cpu", team: 1 },
    { ...task, name: "whole-nodes", flavor: "queued", gpus: 8, cpu: 100 },
  ],
  expect: [
    { that: "tasks-succeed" },
    {
      that: "counted",
      cpu: { "first-team": "1250m", "second-team": "1250m", "whole-nodes": "100250m" },
    },
    { that: "no-pod-starts-ungated" },
    { that: "tasks-land-as-meant" },
    { that: "requests-as-meant" },
    { that: "quotas-hold" },
  ],
};
