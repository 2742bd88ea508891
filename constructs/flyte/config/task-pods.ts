import { ACCELERATOR, GPU_RESOURCE, PROVISIONING, SAFE_TO_EVICT, SPOT } from "../../kueue/node-labels";
import { QUEUE_LABEL } from "../../kueue/objects/local-queues";
import { oneKeyMaps, type Values } from "../values";
import { defaultCpu, defaultMemory } from "./task-resources";

/** With "false" GKE takes a pod for an extended-duration one. */
export const evictionAnnotation = SAFE_TO_EVICT;

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
    // A GPU image of many GB on a cold node outlasts Flyte's 3 minutes.
    "image-pull-backoff-grace-period": "10m",
    "send-object-events": true,
    // No pod-pending-timeout: it counts from the moment the pod is queued, and would kill what waits for a GPU.
  };
}
