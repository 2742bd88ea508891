import type { RequestFault, Scenario } from "./scenario";

const failed: RequestFault = { kind: "failed", reason: "OutOfResources" };

/** Tasks on several nodes, and all that can go wrong with one of the nodes. */
export const gang: Scenario = {
  name: "gang",
  question:
    "Does a task on four nodes wait as one, start on all of them or on none, and give all of them back?",
  hoursPerMinute: 3,
  // A pod that is two seconds late has no other reason.
  alone: true,
  atMost: "3h",
  needs: { provisioning: ["queued"], addOns: ["training"] },
  tasks: [
    { name: "whole", flavor: "queued", gpus: 8, nodes: 4, count: 1, runs: "20m" },
    // Eight pods, to see how soon they run once their last node is there.
    { name: "wide", flavor: "queued", gpus: 1, nodes: 8, count: 1, runs: "20m", at: "30m" },
    // Google has no four nodes at first, and then it has.
    { name: "scarce", flavor: "queued", gpus: 8, nodes: 4, count: 1, runs: "10m", at: "30m" },
    // One node never comes: three do not start.
    { name: "half", flavor: "queued", gpus: 1, nodes: 4, count: 1, runs: "10m", at: "5m", hangs: true },
    // A worker fails: its companions must not hold nodes whose quota is free. Flyte tries once more.
    {
      name: "crash",
      flavor: "queued",
      gpus: 8,
      nodes: 2,
      count: 1,
      runs: "40m",
      at: "60m",
      fails: "5m",
      retries: 1,
    },
  ],
  capacity: {
    queued: {
      delay: { median: "5m", p95: "8m" },
      faults: { scarce: [failed, failed], half: Array<RequestFault>(20).fill({ kind: "never" }) },
    },
  },
  expect: [
    { that: "tasks-succeed", groups: ["whole", "wide", "scarce", "crash"] },
    { that: "waits-visibly", groups: ["half"] },
    { that: "gangs-start-whole" },
    { that: "gangs-ask-as-one" },
    { that: "gang-runs-within", group: "wide", realSeconds: 2 },
    { that: "nothing-runs-on" },
    { that: "tasks-land-as-meant" },
    { that: "no-pod-starts-ungated" },
    { that: "quotas-hold" },
  ],
};

/** A team takes back what it lent, from a task on several nodes. */
export const gangPreempted: Scenario = {
  name: "gang-preempted",
  question:
    "Does a task on several nodes go as a whole when its quota is taken back, and come back as a whole?",
  hoursPerMinute: 3,
  atMost: "4h",
  needs: { teams: 2, provisioning: ["queued"], addOns: ["training"] },
  tasks: [
    { name: "borrower", team: 0, flavor: "queued", gpus: 8, nodes: 4, count: 1, runs: "60m", retries: 3 },
    { name: "owner", team: 1, flavor: "queued", gpus: 8, nodes: 3, count: 1, runs: "20m", at: "25m" },
  ],
  capacity: { queued: { delay: { median: "3m", p95: "5m" } } },
  expect: [
    { that: "tasks-succeed" },
    { that: "evicted-for", reason: "Preempted", team: 0 },
    { that: "gangs-start-whole" },
    { that: "gangs-ask-as-one" },
    { that: "nothing-runs-on" },
    { that: "tasks-land-as-meant" },
    { that: "quotas-hold" },
  ],
};

/** Where the API server copies nothing, the author writes the job's queue and priority, or is told to. */
export const gangLabels: Scenario = {
  name: "gang-labels",
  question:
    "Is a task on several nodes without its labels refused with what to write, and does one with them run?",
  hoursPerMinute: 3,
  atMost: "1h",
  needs: { provisioning: ["queued"], addOns: ["training"], queueLabels: "written" },
  tasks: [
    { name: "written", flavor: "queued", gpus: 8, nodes: 2, count: 1, runs: "10m" },
    { name: "forgotten", flavor: "queued", gpus: 8, nodes: 2, count: 1, runs: "10m", forgetful: true },
  ],
  capacity: { queued: { delay: { median: "3m", p95: "5m" } } },
  expect: [
    { that: "tasks-succeed", groups: ["written"] },
    {
      that: "refused",
      groups: {
        forgotten: 'write both beside pod_template_name: labels={"kueue.x-k8s.io/queue-name": "h100-dws"',
      },
    },
    { that: "gangs-start-whole" },
    { that: "gangs-ask-as-one" },
    { that: "tasks-land-as-meant" },
  ],
};
