import type { Values } from "../values";

/**
 * How many times Flyte repeats a task for reasons that it counts as the system's. Kueue preempts by deleting the pod, and
 * a capacity request that failed for good ends the attempt; but a container that ends with 1, 134 or 139 looks the same
 * to Flyte as one whose node went, and so is repeated as often, each time at full price (docs/decisions/0022).
 */
export const systemRetries = 6;

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
    "node-config": {
      "max-node-retries-system-failures": systemRetries,
      // Beyond the last repetition: Flyte's own -1 takes the last one off Spot, where no quota may be, and it waits for ever.
      "interruptible-failure-threshold": systemRetries + 1,
      // What the author's `retries` counts is the author's: a task that says none has one attempt, and a lost node counts
      // against none of them.
      "default-max-attempts": 1,
      "ignore-retry-cause": false,
    },
    queue: {
      type: "batch",
      "batching-interval": "2s",
      "batch-size": -1,
      queue: { type: "maxof", "base-delay": "5s", "max-delay": "60s", rate: 100, capacity: 1000 },
      "sub-queue": { type: "bucket", rate: 100, capacity: 1000 },
    },
  };
}
