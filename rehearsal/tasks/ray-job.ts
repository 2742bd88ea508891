import { QUEUE_LABEL } from "../../constructs/kueue/objects/local-queues";
import type { Condition, KubeObject, Pod, PodTemplate } from "../api/objects";
import { RUNS_FOR } from "../control-plane/stages";
import type { PlannedTask } from "../scenarios/plan";
import { flytePod } from "./pod";

export interface RayJob extends KubeObject {
  readonly spec: { readonly suspend?: boolean };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly jobDeploymentStatus?: string;
    readonly jobStatus?: string;
    readonly reason?: string;
  };
}

/** What Flyte's configuration says of Ray's clusters. */
export interface RayPlugin {
  readonly shutdownAfterJobFinishes?: boolean;
  readonly ttlSecondsAfterFinished?: number;
}

/** Flyte's own, where its configuration says nothing. */
const FLYTE_TTL_SECONDS = 3600;

/** CPUs of the head, which has no GPU. */
const HEAD_CPU = 2;

/** How time runs in the rehearsal, and what Flyte's configuration says. */
export interface RayJobOptions {
  readonly runsMs: number;
  readonly factor: number;
  readonly plugin?: RayPlugin;
}

/**
 * The RayJob of a task with one group of workers, as Flyte's plugin makes it: the labels of the task and of the default
 * PodTemplate are the job's and those of all its pods, and the queue is what the author wrote. Head and workers run until
 * somebody takes them away; the pod that submits ends when the job does.
 */
export function rayJob(
  task: PlannedTask,
  attempt: number,
  template: PodTemplate,
  { runsMs, factor, plugin = {} }: RayJobOptions,
): RayJob {
  const queue = task.written ? { [QUEUE_LABEL]: task.flavor } : {};
  const pod = (change: Partial<PlannedTask>, container: string) => {
    const { metadata, spec } = flytePod({ ...task, ...change }, attempt, template, runsMs);
    const { [RUNS_FOR]: end, ...annotations } = metadata.annotations ?? {};
    const ends = container === "ray-submitter" && { [RUNS_FOR]: end };
    return {
      metadata: { labels: { ...metadata.labels, ...queue }, annotations: { ...annotations, ...ends } },
      spec: inContainer(spec, container),
    };
  };
  const { name, namespace, labels, finalizers, ownerReferences } = flytePod(
    task,
    attempt,
    template,
    runsMs,
  ).metadata;
  const { shutdownAfterJobFinishes = true, ttlSecondsAfterFinished = FLYTE_TTL_SECONDS } = plugin;
  return {
    apiVersion: "ray.io/v1",
    kind: "RayJob",
    metadata: { name, namespace, labels: { ...labels, ...queue }, finalizers, ownerReferences },
    spec: {
      entrypoint: "pyflyte-fast-execute",
      shutdownAfterJobFinishes,
      ttlSecondsAfterFinished: Math.round(ttlSecondsAfterFinished / factor),
      submitterPodTemplate: pod({ gpus: 0 }, "ray-submitter"),
      rayClusterSpec: {
        enableInTreeAutoscaling: task.autoscales ?? false,
        headGroupSpec: {
          serviceType: "ClusterIP",
          enableIngress: false,
          rayStartParams: { "dashboard-host": "0.0.0.0", "num-gpus": "0" },
          template: pod({ gpus: 0, cpu: HEAD_CPU }, "ray-head"),
        },
        workerGroupSpecs: [
          {
            groupName: "gpu",
            replicas: task.nodes,
            minReplicas: task.nodes,
            maxReplicas: task.nodes,
            rayStartParams: {},
            template: pod({}, "ray-worker"),
          },
        ],
      },
    },
  } as RayJob;
}

/** Flyte calls the container of each of Ray's pods by what it is there. */
function inContainer(spec: Pod["spec"], name: string): Pod["spec"] {
  const [container, ...others] = spec.containers;
  return { ...spec, containers: [{ ...container, name }, ...others] };
}
