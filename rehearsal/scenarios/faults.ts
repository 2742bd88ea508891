import type { RequestFault, Scenario } from "./scenario";

const failed: RequestFault = { kind: "failed", reason: "OutOfResources" };

/** All that Google and the cluster can do to a task, one after the other. */
export const faults: Scenario = {
  name: "faults",
  question:
    "Does every task come through Google's refusals, a Kueue that is away and an API server that restarts?",
  hoursPerMinute: 4,
  atMost: "8h",
  needs: { provisioning: ["queued", "on-demand"] },
  tasks: [
    { name: "unlucky", flavor: "queued", gpus: 1, count: 1, runs: "10m" },
    { name: "late", flavor: "queued", gpus: 1, count: 1, runs: "10m" },
    { name: "revoked", flavor: "queued", gpus: 1, count: 1, runs: "40m" },
    { name: "hopeless", flavor: "queued", gpus: 1, count: 1, runs: "10m", retries: 0 },
    { name: "forgotten", flavor: "queued", gpus: 1, count: 1, runs: "10m", hangs: true },
    { name: "crowd", flavor: "on-demand", count: 50, runs: "10m", at: "20m" },
  ],
  capacity: {
    queued: {
      delay: { median: "3m", p95: "5m" },
      faults: {
        unlucky: [failed, failed],
        late: [{ kind: "booking-expired" }],
        revoked: [{ kind: "revoked", after: "15m" }],
        hopeless: Array<RequestFault>(20).fill(failed),
        forgotten: Array<RequestFault>(20).fill({ kind: "never" }),
      },
    },
    "on-demand": { delay: { median: "2m", p95: "4m" } },
  },
  incidents: [
    { at: "35m", do: "kill-kueue" },
    { at: "60m", do: "start-kueue" },
    { at: "80m", do: "restart-apiserver", away: "5m" },
  ],
  expect: [
    { that: "tasks-succeed", groups: ["unlucky", "late", "revoked", "crowd"] },
    // Kueue keeps a workload that it gave up for `kueue.retainDeactivated`, three hours.
    { that: "rejections-end", groups: ["hopeless"], within: "4h" },
    { that: "waits-visibly", groups: ["forgotten"] },
    { that: "no-pod-starts-ungated" },
    { that: "tasks-land-as-meant" },
    { that: "requests-as-meant" },
    { that: "quotas-hold" },
  ],
};
