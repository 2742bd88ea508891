import type { Values } from "../values";

/**
 * Flyte's workflow engine, set so that Kueue may be away for a quarter of an hour without failing an execution.
 *
 * While Kueue's webhook does not answer, no pod can be made in a tenant's namespace, and each attempt counts against
 * the workflow's retries. The chart's silence means: retry at once, ten times, fail for good. So failures back off
 * (5 s to 60 s), and retries are many.
 */
export function propellerConfig(): Values {
  return {
    workers: 20,
    "max-workflow-retries": 1000,
    "kube-client-config": { qps: 100, burst: 200 },
    // Kueue preempts by deleting the pod, and a capacity request that failed for good ends the attempt: both are
    // failures of the system, not of the task, and queue again by themselves this many times.
    "node-config": { "max-node-retries-system-failures": 20 },
    queue: {
      type: "batch",
      "batching-interval": "2s",
      "batch-size": -1,
      queue: { type: "maxof", "base-delay": "5s", "max-delay": "60s", rate: 100, capacity: 1000 },
      "sub-queue": { type: "bucket", rate: 100, capacity: 1000 },
    },
  };
}
