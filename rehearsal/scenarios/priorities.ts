import { preempted } from "./preempted";
import type { Scenario } from "./scenario";

/** Production comes late and goes first. */
export const priorities: Scenario = {
  name: "priorities",
  question: "Does a production task go before development tasks that have waited longer?",
  hoursPerMinute: 4,
  atMost: "9h",
  needs: { provisioning: ["on-demand"] },
  tasks: [
    { name: "experiments", flavor: "on-demand", domain: "development", count: 20, runs: "30m" },
    { name: "release", flavor: "on-demand", domain: "production", count: 6, runs: "30m", at: "15m" },
  ],
  capacity: { "on-demand": { delay: { median: "2m", p95: "5m" } } },
  expect: [
    { that: "tasks-succeed" },
    { that: "goes-first", first: "release", second: "experiments" },
    // A team whose queue preempts within itself throws out what is less urgent.
    { that: "no-evictions", except: preempted },
    { that: "no-pod-starts-ungated" },
    { that: "quotas-hold" },
  ],
};
