import { preempted } from "./preempted";
import type { Scenario } from "./scenario";

/** One team is away; two others want more than they have. */
export const fairShare: Scenario = {
  name: "fair-share",
  question: "Do two teams share what a third leaves idle by their weights?",
  hoursPerMinute: 4,
  atMost: "12h",
  needs: { teams: 3, provisioning: ["queued"] },
  tasks: [
    { name: "one", team: 0, flavor: "queued", count: 14, runs: "45m" },
    { name: "two", team: 1, flavor: "queued", count: 14, runs: "45m" },
  ],
  capacity: { queued: { delay: { median: "2m", p95: "4m" } } },
  expect: [
    { that: "tasks-succeed" },
    { that: "shares-by-weight", within: 0.1 },
    // Who has too much of what is borrowed gives it back.
    { that: "no-evictions", except: preempted },
    { that: "quotas-hold" },
  ],
};
