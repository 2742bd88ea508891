import { QUEUE_LABEL } from "../../constructs/kueue/objects/local-queues";
import { PRIORITY_LABEL } from "../../constructs/kueue/objects/priorities";
import type { Scenario, TaskGroup } from "./scenario";

const mistake = (name: string, pod: TaskGroup["pod"], flavor: TaskGroup["flavor"] = "cpu"): TaskGroup => ({
  name,
  flavor,
  count: 1,
  runs: "10m",
  retries: 0,
  pod,
});

/** Mistakes that would wait for ever, cost what nobody asked for, or reach the node. */
export const refusals: Scenario = {
  name: "refusals",
  question: "Is a pod that would wait for ever or go around its queue refused at once, in words that help?",
  hoursPerMinute: 4,
  atMost: "2h",
  needs: { provisioning: ["on-demand"], admission: "enforce" },
  tasks: [
    { name: "good-cpu", flavor: "cpu", count: 1, runs: "10m" },
    { name: "good-gpu", flavor: "on-demand", count: 1, runs: "10m" },
    // As an operator makes pods of a task: not Flyte's own.
    mistake(
      "no-queue",
      { metadata: { ownerReferences: null, labels: { [QUEUE_LABEL]: null } } },
      "on-demand",
    ),
    mistake("no-type", { spec: { nodeSelector: null, affinity: null } }, "on-demand"),
    { ...mistake("no-gpu", undefined, "on-demand"), gpus: 0 },
    mistake("around-its-queue", { metadata: { labels: { [QUEUE_LABEL]: "" } } }),
    mistake("queue-of-nobody", { metadata: { labels: { [QUEUE_LABEL]: "queue-of-nobody" } } }),
    mistake("own-priority", { metadata: { labels: { [PRIORITY_LABEL]: "asap" } } }),
    mistake("own-run-limit", {
      metadata: { annotations: { "provreq.kueue.x-k8s.io/maxRunDurationSeconds": "60" } },
    }),
    mistake("foreign-image", { container: { image: "docker.io/somebody/image:1" } }),
    mistake("host-network", { spec: { hostNetwork: true } }),
    mistake("escalating", { container: { securityContext: { allowPrivilegeEscalation: true } } }),
  ],
  expect: [
    { that: "tasks-succeed", groups: ["good-cpu", "good-gpu"] },
    {
      that: "refused",
      groups: {
        "no-queue": "must be in a queue of its namespace (",
        "no-type": "must say which: name a flavor",
        "no-gpu": "would be on a node with GPUs and must ask for them",
        "around-its-queue": "must be in a queue of its namespace (",
        "queue-of-nobody": "must be in a queue of its namespace (",
        "own-priority": "must have a priority of its domain",
        "own-run-limit": "how long a task may have its nodes is its flavor's to say",
        "foreign-image": "must not run docker.io/somebody/image:1; push it to ",
        // Pod Security is asked before any policy.
        "host-network": 'violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)',
        escalating: "must not escalate its privileges",
      },
    },
    { that: "no-pod-starts-ungated" },
    { that: "tasks-land-as-meant" },
  ],
};
