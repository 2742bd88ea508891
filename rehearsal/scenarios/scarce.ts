import type { Scenario } from "./scenario";

/** Google has less than the quotas say, and for a while nothing at all. */
export const scarce: Scenario = {
  name: "scarce",
  question: "Do forty training jobs of two teams get through sixteen GPUs, with an hour of stock-out?",
  hoursPerMinute: 8,
  atMost: "30h",
  needs: { teams: 2, provisioning: ["queued"] },
  tasks: [
    { name: "sweep", team: 0, flavor: "queued", gpus: 4, count: 20, runs: "45m", every: "2m" },
    { name: "train", team: 1, flavor: "queued", gpus: 4, count: 20, runs: "45m", every: "2m" },
  ],
  capacity: {
    queued: {
      gpus: 16,
      delay: { median: "4m", p95: "15m" },
      stockOuts: [{ from: "90m", to: "150m" }],
    },
  },
  expect: [
    { that: "tasks-succeed" },
    { that: "no-evictions" },
    { that: "no-pod-starts-ungated" },
    { that: "requests-as-meant" },
    { that: "quotas-hold" },
    // A node stays for ten minutes after its work, and Kueue and the scheduler take theirs.
    { that: "idle-share-at-most", share: 0.4 },
  ],
};
