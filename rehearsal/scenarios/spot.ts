import type { Scenario } from "./scenario";

/** Google takes Spot nodes back whenever it likes. */
export const spot: Scenario = {
  name: "spot",
  question: "Do interruptible tasks run on Spot nodes alone, and start again when Google takes a node back?",
  hoursPerMinute: 4,
  atMost: "12h",
  needs: { provisioning: ["spot"] },
  tasks: [{ name: "interruptible", flavor: "spot", count: 8, runs: "40m" }],
  capacity: { spot: { delay: { median: "2m", p95: "10m" }, preemptedEvery: "90m" } },
  expect: [
    { that: "tasks-succeed" },
    { that: "tasks-land-as-meant" },
    { that: "no-evictions", except: ["Preempted"] },
    { that: "no-pod-starts-ungated" },
    { that: "quotas-hold" },
  ],
};
