import type { Manifest } from "../../kubernetes/manifest";
import { ACCELERATOR, GPU_RESOURCE } from "../../kueue/node-labels";
import { QUEUE_LABEL } from "../../kueue/objects/local-queues";
import { tenantNamespaceLabels } from "../../kueue/objects/tenant-namespace";

const API = "admissionregistration.k8s.io/v1";
const NAME = "gang-rayjobs";
const cel = (value: string | readonly string[]) => JSON.stringify(value);

/** Longest that a cluster may outlive its job. */
const MOST_CLUSTER_SECONDS = 60;

const cluster = "object.spec.rayClusterSpec";
const groups = `${cluster}.workerGroupSpecs`;
/** Every pod of the job, by a name for it. `dyn`: a list and a map hold one type, and each role has its own. */
const templates = `!has(${cluster}) ? [] : [{"name": dyn("the head"), "template": dyn(${cluster}.headGroupSpec.template)}] + (has(${groups}) ? ${groups}.map(g, {"name": dyn("group " + g.groupName), "template": dyn(g.template)}) : []) + (has(object.spec.submitterPodTemplate) ? [{"name": dyn("the submitter"), "template": dyn(object.spec.submitterPodTemplate)}] : [])`;

/** The job's pod templates, for whoever judges the pods of jobs. */
export const rayTemplates = `(${templates}).map(p, p.template)`;

const asksForGpus = `p.template.spec.containers.exists(c, has(c.resources) && has(c.resources.limits) && ${cel(GPU_RESOURCE)} in c.resources.limits)`;
const namesGpus = `has(p.template.spec.nodeSelector) && ${cel(ACCELERATOR)} in p.template.spec.nodeSelector`;
const names = (list: string) => `${list}.map(p, p.name).join(", ")`;

const who = `"RayJob " + object.metadata.name`;

/**
 * What a Ray task gets wrong and would learn of late or never: Kueue answers some of it with a refusal that Flyte
 * repeats, and the rest waits for nodes that nobody will bring.
 */
export function rayJobPolicies(queuedQueues: readonly string[]): Manifest[] {
  const matchLabels = { "kueue-managed": tenantNamespaceLabels["kueue-managed"] };
  return [
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: NAME },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            { apiGroups: ["ray.io"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["rayjobs"] },
          ],
        },
        // One of a cluster that is there already is refused by Kueue, and Flyte makes none.
        matchConditions: [{ name: "has-a-cluster", expression: `has(${cluster})` }],
        variables: [
          {
            name: "queue",
            expression: `has(object.metadata.labels) && ${cel(QUEUE_LABEL)} in object.metadata.labels ? object.metadata.labels[${cel(QUEUE_LABEL)}] : ""`,
          },
          { name: "pods", expression: templates },
          { name: "withGpus", expression: `variables.pods.filter(p, ${asksForGpus})` },
          {
            name: "unnamed",
            expression: `variables.withGpus.filter(p, !(${namesGpus}) && !has(p.template.spec.affinity))`,
          },
          { name: "idle", expression: `variables.pods.filter(p, ${namesGpus} && !(${asksForGpus}))` },
        ],
        validations: validations(queuedQueues).map((each) => ({ ...each, reason: "Invalid" })),
      },
    },
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: NAME },
      spec: {
        policyName: NAME,
        validationActions: ["Deny", "Audit"],
        matchResources: { namespaceSelector: { matchLabels } },
      },
    },
  ];
}

function validations(queuedQueues: readonly string[]) {
  const inQueuedQueue = `variables.queue in ${cel(queuedQueues)}`;
  return [
    {
      expression: `!has(${cluster}.enableInTreeAutoscaling) || !${cluster}.enableInTreeAutoscaling`,
      messageExpression: `${who} + ${cel(" must not change its size: a queue gives whole clusters; leave enable_autoscaling out, and give each group one number of replicas")}`,
    },
    {
      expression: `has(object.spec.shutdownAfterJobFinishes) && object.spec.shutdownAfterJobFinishes && (!has(object.spec.ttlSecondsAfterFinished) || object.spec.ttlSecondsAfterFinished <= ${MOST_CLUSTER_SECONDS})`,
      messageExpression: `${who} + ${cel(` must end its cluster within ${MOST_CLUSTER_SECONDS} s, or its GPUs are held on when their quota is free: leave shutdown_after_job_finishes and ttl_seconds_after_finished out`)}`,
    },
    {
      expression: "variables.idle.size() == 0",
      messageExpression: `${who} + ${cel(" must name a GPU only for pods that ask for GPUs, got ")} + ${names("variables.idle")} + ${cel(": such pods find no node; give the flavor's node_selector and tolerations to the group with GPUs alone, in its own pod_template, and take none for the task")}`,
    },
    ...(queuedQueues.length > 0
      ? [
          {
            expression: `!(${inQueuedQueue}) || (variables.withGpus.size() == 1 && variables.withGpus[0].name.startsWith("group "))`,
            messageExpression: `${who} + " must ask for GPUs in exactly one worker group in the queue " + variables.queue + ", got " + (variables.withGpus.size() == 0 ? "none" : ${names("variables.withGpus")}) + ${cel(": its nodes come by one request, which serves one group; ask for them in one WorkerNodeConfig, or take another flavor")}`,
          },
          {
            expression: `${inQueuedQueue} || variables.unnamed.size() == 0`,
            messageExpression: `${who} + ${cel(" must say for which GPU it waits, got a group without a word of it: ")} + ${names("variables.unnamed")} + ${cel(`; for nodes that are queued for, write in the task labels={"${QUEUE_LABEL}": "${queuedQueues[0]}"}`)} + ${cel(queuedQueues.length > 1 ? `, or another of ${queuedQueues.slice(1).join(", ")}` : "")} + ${cel("; else give the group the flavor's node_selector and tolerations in its own pod_template")}`,
          },
        ]
      : []),
  ];
}
