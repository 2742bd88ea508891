import type { Scenario } from "./scenario";

/** A map task is a pod each. */
export const mapTask: Scenario = {
  name: "map-task",
  question:
    "Do five hundred pods at once go through the queue, no more of them at a time than the quota pays for?",
  hoursPerMinute: 2,
  alone: true,
  atMost: "8h",
  tasks: [{ name: "map", flavor: "cpu", count: 500, runs: "10m" }],
  expect: [
    { that: "tasks-succeed" },
    { that: "no-pod-starts-ungated" },
    { that: "tasks-land-as-meant" },
    { that: "requests-as-meant" },
    { that: "no-evictions" },
  ],
};
