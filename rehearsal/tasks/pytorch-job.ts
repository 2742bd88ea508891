import { QUEUE_LABEL } from "../../constructs/kueue/objects/local-queues";
import { PRIORITY_LABEL } from "../../constructs/kueue/objects/priorities";
import { TASKS } from "../../constructs/kueue/names";
import type { KubeObject, Pod, PodTemplate } from "../api/objects";
import { type Condition } from "../api/objects";
import { FAILS_AFTER } from "../control-plane/stages";
import type { PlannedTask } from "../scenarios/plan";
import { flytePod } from "./pod";

export interface PyTorchJob extends KubeObject {
  readonly spec: object;
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** Labels that Flyte puts on what it makes of a task, besides those of its configuration. */
const OF_FLYTE = [
  "project",
  "domain",
  "execution-id",
  "node-id",
  "task-name",
  "workflow-name",
  "interruptible",
];

/** What an author writes on the job where nobody copies it from the pods. */
const WRITTEN = [QUEUE_LABEL, PRIORITY_LABEL];

/**
 * The PyTorchJob of `Elastic(nnodes=…)`, as Flyte's plugin makes it: its own metadata has the labels of Flyte's
 * configuration, the CPU queue's among them, and not those of the PodTemplate, which only its pods have. No
 * cleanPodPolicy, and workers that are not started again. Where the environment asks for it, the author has written both.
 */
export function pytorchJob(
  task: PlannedTask,
  attempt: number,
  template: PodTemplate,
  { runsMs, failsMs }: { readonly runsMs: number; readonly failsMs?: number },
): PyTorchJob {
  const { metadata, spec } = flytePod(task, attempt, template, runsMs);
  const { labels = {}, annotations, finalizers = [], ownerReferences = [], name, namespace = "" } = metadata;
  const own = Object.entries(labels).filter(
    ([key]) => OF_FLYTE.includes(key) || (task.written && WRITTEN.includes(key)),
  );
  const fails = failsMs !== undefined &&
    attempt === 0 && { [FAILS_AFTER]: `${Math.max(1, Math.round(failsMs))}ms` };
  return {
    apiVersion: "kubeflow.org/v1",
    kind: "PyTorchJob",
    metadata: {
      name,
      namespace,
      labels: { [QUEUE_LABEL]: TASKS, ...Object.fromEntries(own) },
      finalizers,
      ownerReferences,
    },
    spec: {
      ...(task.written && { runPolicy: { cleanPodPolicy: "Running" } }),
      elasticPolicy: {
        minReplicas: task.nodes,
        maxReplicas: task.nodes,
        nProcPerNode: task.gpus,
        rdzvBackend: "c10d",
        maxRestarts: 3,
      },
      pytorchReplicaSpecs: {
        Worker: {
          replicas: task.nodes,
          restartPolicy: "Never",
          template: {
            metadata: { labels, annotations: { ...annotations, ...fails } },
            spec: inContainer(spec),
          },
        },
      },
    },
  };
}

/** The plugin calls the container of the task so, and the operator asks for it by that name. */
function inContainer(spec: Pod["spec"]): Pod["spec"] {
  const [container, ...others] = spec.containers;
  return { ...spec, containers: [{ ...container, name: "pytorch" }, ...others] };
}
