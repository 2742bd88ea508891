import { apply } from "json-merge-patch";
import { QUEUE_LABEL } from "../../constructs/kueue/objects/local-queues";
import type { Container, OwnerReference, Pod, PodTemplate } from "../api/objects";
import { RUNS_FOR } from "../control-plane/stages";
import { GPU } from "../objects/environment-model";
import type { PlannedTask } from "../scenarios/plan";

/** Flyte's own: what it still has to see of a pod before the pod may go. */
export const FLYTE_FINALIZER = "flyte.org/finalizer-k8s";

/**
 * The pod of a task's attempt, as Flyte's propeller makes it: the PodTemplate is the base, its container "default" the
 * base of the task's container, requests and limits are the same, labels of the template lose against the task's.
 */
export function flytePod(task: PlannedTask, attempt: number, template: PodTemplate, runsForMs: number): Pod {
  const pod = unchangedPod(task, attempt, template, runsForMs);
  const { metadata = {}, spec = {}, container = {} } = task.pod ?? {};
  const containers = pod.spec.containers.map((each) => changed(each, container));
  return changed(pod, { metadata, spec: { ...spec, containers } });
}

/** The object with the patch; it stays as it was. */
function changed<T extends object>(object: T, patch: object): T {
  return apply(structuredClone(object), patch) as T;
}

function unchangedPod(task: PlannedTask, attempt: number, template: PodTemplate, runsForMs: number): Pod {
  const { metadata = {}, spec } = template.template;
  const [base] = spec.containers;
  const name = `${task.id}-n0-${attempt}`;
  const [project, domain] = splitNamespace(task.namespace);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: task.namespace,
      labels: {
        ...metadata.labels,
        project,
        domain,
        "execution-id": task.id,
        "node-id": "n0",
        "task-name": task.group,
        "workflow-name": "rehearsal",
        interruptible: String(task.provisioning === "spot"),
        ...(task.queue && { [QUEUE_LABEL]: task.queue }),
      },
      annotations: {
        ...metadata.annotations,
        "primary-container-name": name,
        [RUNS_FOR]: `${Math.max(1, Math.round(runsForMs))}ms`,
      },
      finalizers: [FLYTE_FINALIZER],
      ownerReferences: [owner(task)],
    },
    // Of the template's init containers Flyte runs none: they are what a task's own are built on.
    spec: { ...spec, initContainers: undefined, containers: [container(base, name, task)] },
  };
}

function container(base: Container | undefined, name: string, task: PlannedTask): Container {
  const quantities = {
    cpu: String(Math.max(task.cpu, task.gpus)),
    memory: `${4 * Math.max(task.cpu, task.gpus)}Gi`,
    // Autopilot's webhook adds it to every container, and Kueue counts it.
    "ephemeral-storage": "1Gi",
    ...(task.gpus > 0 && { [GPU]: String(task.gpus) }),
  };
  return {
    ...base,
    name,
    image: "ghcr.io/flyteorg/flytekit:py3.12-latest",
    args: ["pyflyte-fast-execute"],
    resources: { requests: quantities, limits: quantities },
  };
}

/** The FlyteWorkflow that owns the pod. Kueue does not know the kind and takes the pod for a plain one. */
function owner({ id }: PlannedTask): OwnerReference & { controller: boolean; blockOwnerDeletion: boolean } {
  return {
    apiVersion: "flyte.lyft.com/v1alpha1",
    kind: "flyteworkflow",
    name: id,
    uid: `00000000-0000-4000-8000-${Buffer.from(id).toString("hex").padStart(12, "0").slice(-12)}`,
    controller: true,
    blockOwnerDeletion: true,
  };
}

function splitNamespace(namespace: string): [project: string, domain: string] {
  const at = namespace.lastIndexOf("-");
  return [namespace.slice(0, at), namespace.slice(at + 1)];
}
