import { preempted } from "./preempted";
import type { Scenario } from "./scenario";

/** The second team fills what the first leaves idle; then the first wants its own back. */
export const twoTeams: Scenario = {
  name: "two-teams",
  question: "Does a team borrow what the other leaves idle, and does the other get it back when it asks?",
  hoursPerMinute: 4,
  atMost: "12h",
  needs: { teams: 2, provisioning: ["queued"] },
  // The owner would wait 105 minutes and more for a borrower's end; what a busy machine adds to a preemption is a third of that.
  tasks: [
    { name: "borrower", team: 1, flavor: "queued", count: 4, runs: "150m" },
    { name: "owner", team: 0, flavor: "queued", count: 2, runs: "60m", at: "45m" },
  ],
  capacity: { queued: { delay: { median: "5m", p95: "10m" } } },
  expect: [
    { that: "tasks-succeed" },
    { that: "waits-at-most", group: "owner", wait: "60m" },
    { that: "evicted-for", reason: "Preempted", team: 1 },
    { that: "no-evictions", except: preempted },
    { that: "quotas-hold" },
    { that: "shares-by-weight", within: 0.1 },
    { that: "requests-as-meant" },
  ],
};
