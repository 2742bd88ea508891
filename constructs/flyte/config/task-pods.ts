import { ACCELERATOR, GPU_RESOURCE, PROVISIONING, SAFE_TO_EVICT, SPOT } from "../../kueue/node-labels";
import { QUEUE_LABEL } from "../../kueue/objects/local-queues";
import { oneKeyMaps, type Values } from "../values";
import { defaultCpu, defaultMemory } from "./task-resources";

/** With "false" GKE takes a pod for an extended-duration one. */
export const evictionAnnotation = SAFE_TO_EVICT;

/**
 * How long a pod may fail to start before its task has failed. Flyte measures all of it from the moment when the pod came
 * to its node, so that the pull of an image of many GB is part of it; with Flyte's own 3 minutes, and 0 for a Secret that
 * the node has not seen yet, a second of trouble after a long pull ends a task that waited days for its GPU.
 *
 * @see flyteplugins/go/tasks/pluginmachinery/flytek8s/pod_helper.go, demystifyPendingHelper (v1.16.8)
 */
const startPeriods: Values = {
  "image-pull-backoff-grace-period": "30m",
  "create-container-error-grace-period": "30m",
  "create-container-config-error-grace-period": "30m",
  // 0 is off: it counts from the moment the pod is queued, and would kill what waits for a GPU.
  "pod-pending-timeout": "0s",
  // A raw container's outputs must be uploaded within it, and its pod has as long to end: with Flyte's hour, a container
  // that ignores SIGTERM keeps its quota for an hour from those who preempted it.
  "co-pilot": { timeout: "10m" },
};

/**
 * How Flyte builds the pods of tasks (`plugins.k8s`).
 *
 * @param taskQueue The LocalQueue of a task that names none, and the PodTemplate that it starts from. A namespace
 * without that PodTemplate does no harm: Flyte then builds the pod from the task alone.
 */
export function taskPodConfig(taskQueue: string): Values {
  return {
    "inject-finalizer": true,
    "default-cpus": defaultCpu,
    "default-memory": defaultMemory,
    // The weakest of all labels, so that a template's or a task's own queue wins.
    "default-labels": oneKeyMaps({ [QUEUE_LABEL]: taskQueue }),
    "default-pod-template-name": taskQueue,
    // A list without entries empties Flyte's default, a map without entries would leave it: safe-to-evict "false", which
    // makes every task an extended-duration pod, never on Spot and alone on its node. Not "true" either: that would let
    // the autoscaler end a running task to save a node, which it does not do to a pod that has no controller it knows.
    "default-annotations": [],
    // Kueue compares only label keys that its flavors name: they name the first. Autopilot's page on Spot names the second.
    // The templates of Spot flavors have both.
    "interruptible-node-selector": oneKeyMaps({ [PROVISIONING]: "spot", [SPOT]: "true" }),
    "interruptible-tolerations": [{ key: SPOT, operator: "Equal", value: "true", effect: "NoSchedule" }],
    "gpu-resource-name": GPU_RESOURCE,
    "gpu-device-node-label": ACCELERATOR,
    "gpu-partition-size-node-label": "cloud.google.com/gke-gpu-partition-size",
    "send-object-events": true,
    ...startPeriods,
  };
}
