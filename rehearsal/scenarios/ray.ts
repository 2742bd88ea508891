import type { RequestFault, Scenario, TaskGroup } from "./scenario";

const failed: RequestFault = { kind: "failed", reason: "OutOfResources" };

/** A Ray task whose workers have a node each. */
const cluster = (name: string, more: Partial<TaskGroup>): TaskGroup => ({
  name,
  flavor: "queued",
  gpus: 8,
  nodes: 2,
  count: 1,
  runs: "20m",
  ray: true,
  ...more,
});

/** Ray clusters: a job waits as one, asks once for the nodes of its GPU group, and takes its cluster away when it ends. */
export const ray: Scenario = {
  name: "ray",
  question:
    "Does a Ray cluster wait, start, go and come back whole, and give its GPUs back with its job's end?",
  hoursPerMinute: 3,
  alone: true,
  atMost: "7h",
  needs: { teams: 2, provisioning: ["queued"], addOns: ["ray"] },
  tasks: [
    cluster("tune", { team: 0 }),
    // Google has no nodes at first.
    cluster("scarce", { team: 1 }),
    cluster("elastic", { team: 0, autoscales: true }),
    cluster("nowhere", { team: 0, forgetful: true }),
    // More than the team's own, until the others want theirs back. Late enough for a machine that is slow.
    cluster("borrower", { team: 0, nodes: 4, runs: "60m", at: "60m", retries: 3 }),
    cluster("owner", { team: 1, nodes: 3, at: "110m" }),
  ],
  capacity: { queued: { delay: { median: "3m", p95: "5m" }, faults: { scarce: [failed] } } },
  expect: [
    { that: "tasks-succeed", groups: ["tune", "scarce", "borrower", "owner"] },
    {
      that: "refused",
      groups: {
        elastic: "must not change its size",
        nowhere: 'write in the task labels={"kueue.x-k8s.io/queue-name": ',
      },
    },
    { that: "evicted-for", reason: "Preempted", team: 0 },
    { that: "gangs-start-whole" },
    { that: "gangs-ask-as-one" },
    { that: "nothing-runs-on" },
    { that: "tasks-land-as-meant" },
    { that: "quotas-hold" },
  ],
};
