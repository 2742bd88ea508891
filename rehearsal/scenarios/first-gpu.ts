import type { Scenario } from "./scenario";

/** One task of each kind, and capacity that comes. */
export const firstGpu: Scenario = {
  name: "first-gpu",
  question:
    "Does a GPU task wait in its queue, get its nodes and run, and does a CPU task stay out of all that?",
  hoursPerMinute: 3,
  atMost: "2h",
  needs: { provisioning: ["queued", "on-demand"] },
  tasks: [
    { name: "train", flavor: "queued", count: 1, runs: "20m" },
    { name: "prepare", flavor: "cpu", count: 1, runs: "10m" },
    // Its node takes longer than most people have patience; Kueue must have it.
    { name: "patient", flavor: "on-demand", count: 1, runs: "10m" },
    { name: "half", flavor: "queued", gpus: 4, count: 2, runs: "20m", at: "5m" },
  ],
  capacity: {
    queued: { delay: { median: "10m", p95: "15m" } },
    "on-demand": { delay: { median: "50m", p95: "51m" } },
  },
  expect: [
    { that: "tasks-succeed" },
    { that: "no-pod-starts-ungated" },
    { that: "tasks-land-as-meant" },
    { that: "requests-as-meant" },
    { that: "no-evictions" },
    { that: "quotas-hold" },
  ],
};
