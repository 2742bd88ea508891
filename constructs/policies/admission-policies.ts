import { QUEUE_LABEL } from "../kueue/objects/local-queues";
import type { Manifest } from "../kubernetes/manifest";
import { ACCELERATOR, COMPUTE_CLASS, GPU_RESOURCE } from "../kueue/node-labels";
import { PRIORITY_LABEL } from "../kueue/objects/priorities";
import { type AdmissionMode, type AdmissionPolicy, admissionPolicy, cel } from "./admission-policy";

export interface AdmissionPoliciesProps {
  readonly mode: AdmissionMode;

  /** LocalQueues of each namespace of tasks. */
  readonly queues: Readonly<Record<string, readonly string[]>>;

  /** Whether the platform has GPUs: without any, nothing that is deployed speaks of them. */
  readonly gpus: boolean;

  /** ComputeClasses whose nodes have GPUs. */
  readonly gpuClasses: readonly string[];

  /** Names of all WorkloadPriorityClasses. */
  readonly priorityClasses: readonly string[];

  /**
   * Where images may come from: what an image's name must begin with.
   *
   * Shape: each ends in a slash, or another project whose name begins the same would be let in.
   */
  readonly registries: readonly string[];
}

/** ConfigMap in each namespace of tasks that lists its queues. */
const QUEUES = "queues-of-this-namespace";

/** Annotations of a pod that Kueue hands on as parameters of its ProvisioningRequest. */
const PROVISIONING_PARAMETERS = "provreq.kueue.x-k8s.io/";

/** What the API server itself asks of a task's pod. No webhook, so nothing that could be away. */
export function admissionPolicies(props: AdmissionPoliciesProps): readonly Manifest[] {
  const policies = [
    ...(props.gpus ? [gpuPolicy(props.gpuClasses), runLimitPolicy] : []),
    teamQueuePolicy,
    priorityPolicy(props.priorityClasses),
    imagePolicy(props.registries),
    privilegePolicy,
  ];
  return [
    ...Object.entries(props.queues).map(([namespace, queues]) => queueList(namespace, queues)),
    ...policies.flatMap((policy) => admissionPolicy(policy, props.mode)),
  ];
}

function queueList(namespace: string, queues: readonly string[]): Manifest {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: QUEUES, namespace },
    data: { queues: queues.join(",") },
  };
}

const started = {
  containers: "object.spec.containers + (has(object.spec.initContainers) ? object.spec.initContainers : [])",
};
const gpu = {
  ...started,
  gpu: `variables.containers.exists(c, has(c.resources) && has(c.resources.limits) && ${cel(GPU_RESOURCE)} in c.resources.limits)`,
};
const label = (key: string) =>
  `has(object.metadata.labels) && ${cel(key)} in object.metadata.labels ? object.metadata.labels[${cel(key)}] : ""`;
/** Flyte's own pods belong to their execution. What an operator makes of a task (Ray's head, say) belongs to that. */
const task =
  'has(object.metadata.ownerReferences) && object.metadata.ownerReferences.exists(o, o.apiVersion.startsWith("flyte.lyft.com/"))';
const who = `"pod " + (has(object.metadata.name) ? object.metadata.name : object.metadata.generateName)`;

/**
 * Without a queue it runs around the quotas; without a type it gets whatever GPU has quota, the dearest included. And a
 * task that names a flavor and no GPU would take up its node, which the quota of GPUs does not count.
 */
function gpuPolicy(gpuClasses: readonly string[]): AdmissionPolicy {
  return {
    name: "tasks-gpu",
    variables: {
      ...gpu,
      task,
      queue: label(QUEUE_LABEL),
      typeKeys: cel([ACCELERATOR, COMPUTE_CLASS]),
      selector: "has(object.spec.nodeSelector) ? object.spec.nodeSelector : {}",
      selected: "variables.typeKeys.exists(k, k in variables.selector)",
      terms:
        "has(object.spec.affinity) && has(object.spec.affinity.nodeAffinity) && has(object.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution) ? object.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms : []",
      // Terms are alternatives, so each must say it.
      required:
        'variables.terms.size() > 0 && variables.terms.all(t, has(t.matchExpressions) && t.matchExpressions.exists(e, e.key in variables.typeKeys && e.operator == "In"))',
      onGpuNodes: `${cel(ACCELERATOR)} in variables.selector || (${cel(COMPUTE_CLASS)} in variables.selector && variables.selector[${cel(COMPUTE_CLASS)}] in ${cel(gpuClasses)})`,
    },
    validations: [
      {
        expression: 'variables.queue != "" || !variables.gpu',
        messageExpression: `${who} + ${cel(` asks for a GPU and must have the label ${QUEUE_LABEL}; name a flavor: @task(pod_template_name=...)`)}`,
      },
      {
        expression: "variables.selected || variables.required || !variables.gpu",
        messageExpression: `${who} + ${cel(` asks for a GPU and must say which: name a flavor, @task(pod_template_name=...), or a type, @task(accelerator=...)`)}`,
      },
      {
        expression: "variables.gpu || !variables.onGpuNodes || !variables.task",
        messageExpression: `${who} + ${cel(' names a flavor and must ask for its GPUs: @task(requests=Resources(gpu="1", ...)), or leave pod_template_name out')}`,
      },
    ],
  };
}

/** Beside the flavor's own run limit, a second one makes Kueue delete the request for nodes and make it anew, without end. */
const runLimitPolicy: AdmissionPolicy = {
  name: "tasks-run-limit",
  variables: {
    limits: `has(object.metadata.annotations) ? object.metadata.annotations.map(k, k).filter(k, k.startsWith(${cel(PROVISIONING_PARAMETERS)})) : []`,
  },
  validations: [
    {
      expression: "variables.limits.size() == 0",
      messageExpression: `${who} + " must not have the annotation " + variables.limits.join(", ") + ${cel("; how long a task may have its nodes is its flavor's to say: name another flavor")}`,
    },
  ],
};

/** A pod in a queue that is not there stays gated for ever, without an event; a task without one runs around the quotas. */
const teamQueuePolicy: AdmissionPolicy = {
  name: "tasks-queue",
  configMap: QUEUES,
  variables: { task, queue: label(QUEUE_LABEL), queues: 'params.data.queues.split(",")' },
  validations: [
    {
      expression: 'variables.queue in variables.queues || (variables.queue == "" && !variables.task)',
      messageExpression: `${who} + " must be in a queue of its namespace (" + variables.queues.join(", ") + "), got \\"" + variables.queue + "\\""`,
    },
  ],
};

/** Kueue waits without a word for a class that does not exist. */
function priorityPolicy(classes: readonly string[]): AdmissionPolicy {
  return {
    name: "tasks-priority",
    variables: { priority: label(PRIORITY_LABEL), classes: cel([...classes].sort()) },
    validations: [
      {
        expression: 'variables.priority == "" || variables.priority in variables.classes',
        messageExpression: `${who} + ${cel(` must have a priority that exists in its label ${PRIORITY_LABEL} (`)} + variables.classes.join(", ") + "), got \\"" + variables.priority + "\\""`,
      },
    ],
  };
}

function imagePolicy(registries: readonly string[]): AdmissionPolicy {
  return {
    name: "tasks-images",
    ephemeralContainers: true,
    variables: {
      images:
        "(object.spec.containers + (has(object.spec.initContainers) ? object.spec.initContainers : [])).map(c, c.image) + (has(object.spec.ephemeralContainers) ? object.spec.ephemeralContainers : []).map(c, c.image)",
      registries: cel(registries),
      foreign: "variables.images.filter(i, !variables.registries.exists(r, i.startsWith(r)))",
    },
    validations: [
      {
        expression: "variables.foreign.size() == 0",
        messageExpression: `${who} + " must take its images from " + variables.registries.join(", ") + "; got " + variables.foreign.join(", ")`,
      },
    ],
  };
}

/**
 * Pod Security's "baseline" refuses the first part before this is asked, with a 403 in its own words. This holds when
 * somebody relabels a namespace, and for what "baseline" lets through: a container that escalates its privileges.
 */
const privilegePolicy: AdmissionPolicy = {
  name: "tasks-privileges",
  ephemeralContainers: true,
  variables: {
    contexts:
      "(object.spec.containers + (has(object.spec.initContainers) ? object.spec.initContainers : [])).filter(c, has(c.securityContext)).map(c, c.securityContext)",
    addedContexts:
      "(has(object.spec.ephemeralContainers) ? object.spec.ephemeralContainers : []).filter(c, has(c.securityContext)).map(c, c.securityContext)",
    host: "(has(object.spec.hostNetwork) && object.spec.hostNetwork) || (has(object.spec.hostPID) && object.spec.hostPID) || (has(object.spec.hostIPC) && object.spec.hostIPC) || (has(object.spec.volumes) && object.spec.volumes.exists(v, has(v.hostPath)))",
  },
  validations: [
    {
      expression: "!variables.host",
      messageExpression: `${who} + " must not use its node's network, processes or files (hostNetwork, hostPID, hostIPC, hostPath)"`,
    },
    {
      expression: `${["contexts", "addedContexts"].map((list) => `variables.${list}.all(s, ${unprivileged("s")})`).join(" && ")}`,
      messageExpression: `${who} + " must not be privileged, escalate its privileges or add capabilities"`,
    },
  ],
};

function unprivileged(s: string): string {
  return [
    `!(has(${s}.privileged) && ${s}.privileged)`,
    `!(has(${s}.allowPrivilegeEscalation) && ${s}.allowPrivilegeEscalation)`,
    `!(has(${s}.capabilities) && has(${s}.capabilities.add) && ${s}.capabilities.add.size() > 0)`,
  ].join(" && ");
}
