import type { Scenario } from "./scenario";

/** Before an upgrade of Kueue a team's queues are drained; afterwards they go on. */
export const drain: Scenario = {
  name: "drain",
  question: "Do tasks leave a drained queue, wait out an upgrade of Kueue, and come back by themselves?",
  hoursPerMinute: 4,
  atMost: "8h",
  needs: { provisioning: ["queued", "on-demand"] },
  tasks: [
    { name: "train", team: 0, flavor: "queued", count: 2, runs: "60m" },
    { name: "tune", team: 0, flavor: "on-demand", count: 4, runs: "45m" },
    { name: "late", team: 0, flavor: "on-demand", count: 4, runs: "15m", at: "45m" },
  ],
  capacity: {
    queued: { delay: { median: "5m", p95: "8m" } },
    "on-demand": { delay: { median: "2m", p95: "5m" } },
  },
  incidents: [
    { at: "30m", do: "set-stop-policy", team: 0, policy: "HoldAndDrain" },
    { at: "60m", do: "kill-kueue" },
    { at: "70m", do: "start-kueue" },
    { at: "80m", do: "set-stop-policy", team: 0, policy: "None" },
  ],
  expect: [
    { that: "tasks-succeed" },
    { that: "evicted-for", reason: "ClusterQueueStopped", team: 0 },
    { that: "no-evictions", except: ["ClusterQueueStopped"] },
    { that: "no-pod-starts-ungated" },
    { that: "quotas-hold" },
  ],
};
