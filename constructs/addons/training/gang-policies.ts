import type { Manifest } from "../../kubernetes/manifest";
import { GPU_RESOURCE } from "../../kueue/node-labels";
import { QUEUE_LABEL } from "../../kueue/objects/local-queues";
import { PRIORITY_LABEL } from "../../kueue/objects/priorities";
import { tenantNamespaceLabels } from "../../kueue/objects/tenant-namespace";
import { type JobKind, TRAINING_GROUP } from "./job-kinds";

const API = "admissionregistration.k8s.io/v1";
const LABELS = [QUEUE_LABEL, PRIORITY_LABEL];
const cel = (value: string | readonly string[]) => JSON.stringify(value);

/** Who copies the labels of a job's pods to the job: the API server, or the author. */
export type QueueLabels = "copied" | "written";

export interface GangPoliciesProps {
  readonly kinds: readonly JobKind[];
  readonly queueLabels: QueueLabels;
  /** Queues whose work waits for nodes by one ProvisioningRequest: those of the queued flavors. */
  readonly queuedQueues: readonly string[];
}

/**
 * Flyte puts queue and priority on the pods of a job and not on the job, where Kueue looks for them: the job would wait for
 * ever in the queue of CPU tasks. Where the API server may change objects (Kubernetes 1.36), it copies them; what it may
 * judge everywhere is refused with what to write.
 */
export function gangPolicies({ kinds, queueLabels, queuedQueues }: GangPoliciesProps): Manifest[] {
  return kinds.flatMap((kind) => [
    ...(queueLabels === "copied" ? copying(kind) : []),
    ...judging(kind, queueLabels, queuedQueues),
  ]);
}

/** A label of an object, empty where it has none. */
const label = (object: string, key: string) =>
  `(has(${object}.metadata) && has(${object}.metadata.labels) && ${cel(key)} in ${object}.metadata.labels ? ${object}.metadata.labels[${cel(key)}] : "")`;

/** Every role's template, and what all of them say. They are of one task, and so say the same. */
function templates({ replicaSpecs }: JobKind) {
  const all = `object.spec.${replicaSpecs}`;
  return {
    all,
    first: `${all}[${all}.map(r, r)[0]].template`,
    say: (key: string, value: string) =>
      `${all}.all(r, has(${all}[r].template) && ${label(`${all}[r].template`, key)} == ${value})`,
  };
}

function copying(kind: JobKind): Manifest[] {
  const name = `gang-labels-${kind.plural}`;
  const { all, first } = templates(kind);
  const copies = LABELS.map(
    (key) =>
      `(${label(first, key)} != "" ? [JSONPatch{op: "add", path: "/metadata/labels/" + jsonpatch.escapeKey(${cel(key)}), value: ${label(first, key)}}] : [])`,
  );
  const expressions = [
    `(has(object.metadata.labels) ? [] : [JSONPatch{op: "add", path: "/metadata/labels", value: {}}])`,
    ...copies,
    `(has(object.spec.runPolicy) ? [] : [JSONPatch{op: "add", path: "/spec/runPolicy", value: {}}])`,
    `(${cleansUp} ? [] : [JSONPatch{op: "add", path: "/spec/runPolicy/cleanPodPolicy", value: "Running"}])`,
  ];
  return [
    {
      apiVersion: API,
      kind: "MutatingAdmissionPolicy",
      metadata: { name },
      spec: {
        failurePolicy: "Fail",
        reinvocationPolicy: "Never",
        matchConstraints: constraints(kind),
        matchConditions: [{ name: "has-pods", expression: `${all}.size() > 0 && has(${first})` }],
        mutations: [{ patchType: "JSONPatch", jsonPatch: { expression: expressions.join(" + ") } }],
      },
    },
    binding("MutatingAdmissionPolicyBinding", name, {}),
  ];
}

/** When one pod fails, the job is over for Kueue and its quota free: its other pods must go. */
const cleansUp =
  'has(object.spec.runPolicy) && has(object.spec.runPolicy.cleanPodPolicy) && object.spec.runPolicy.cleanPodPolicy in ["Running", "All"]';

function judging(kind: JobKind, queueLabels: QueueLabels, queuedQueues: readonly string[]): Manifest[] {
  const name = `gang-${kind.plural}`;
  const { all, first, say } = templates(kind);
  const asksForGpus = (role: string) =>
    `has(${all}[${role}].template) && has(${all}[${role}].template.spec) && has(${all}[${role}].template.spec.containers) && ${all}[${role}].template.spec.containers.exists(c, has(c.resources) && has(c.resources.limits) && ${cel(GPU_RESOURCE)} in c.resources.limits)`;
  const who = `${cel(`${kind.kind} `)} + (has(object.metadata.name) ? object.metadata.name : object.metadata.generateName)`;
  const same = (key: string, variable: string) => ({
    expression: `variables.${variable} != "" && ${say(key, `variables.${variable}`)}`,
    messageExpression: `${who} + ${cel(` must have the label ${key} of its pods (`)} + variables.${variable}OfPods + "), got \\"" + variables.${variable} + "\\"" + ${toWrite[queueLabels]}`,
    reason: "Invalid",
  });
  return [
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: constraints(kind),
        variables: [
          { name: "queue", expression: label("object", QUEUE_LABEL) },
          { name: "priority", expression: label("object", PRIORITY_LABEL) },
          {
            name: "queueOfPods",
            expression: `${all}.size() > 0 && has(${first}) ? ${label(first, QUEUE_LABEL)} : ""`,
          },
          {
            name: "priorityOfPods",
            expression: `${all}.size() > 0 && has(${first}) ? ${label(first, PRIORITY_LABEL)} : ""`,
          },
          { name: "gpuRoles", expression: `${all}.map(r, r).filter(r, ${asksForGpus("r")})` },
        ],
        validations: [
          same(QUEUE_LABEL, "queue"),
          same(PRIORITY_LABEL, "priority"),
          {
            expression: cleansUp,
            messageExpression: `${who} + ${cel(" must take its pods away when one fails, or they run on after their quota is free: run_policy=RunPolicy(clean_pod_policy=CleanPodPolicy.RUNNING)")}`,
            reason: "Invalid",
          },
          ...(queuedQueues.length > 0
            ? [
                {
                  expression: `!(variables.queue in ${cel(queuedQueues)}) || variables.gpuRoles.size() == 1`,
                  messageExpression: `${who} + " must ask for GPUs in exactly one role of its pods in the queue " + variables.queue + ${cel(", got ")} + (variables.gpuRoles.size() == 0 ? "none" : variables.gpuRoles.join(", ")) + ${cel(": its nodes come by one request, which serves one role; use Elastic, or another flavor")}`,
                  reason: "Invalid",
                },
              ]
            : []),
        ],
      },
    },
    binding("ValidatingAdmissionPolicyBinding", name, { validationActions: ["Deny", "Audit"] }),
  ];
}

/** What the author does about labels that differ. */
const toWrite: Readonly<Record<QueueLabels, string>> = {
  copied: cel("; all roles of a job are in one queue and of one priority: leave their own labels out"),
  written: `${cel(`; write both beside pod_template_name: labels={"${QUEUE_LABEL}": "`)} + variables.queueOfPods + ${cel(`", "${PRIORITY_LABEL}": "`)} + variables.priorityOfPods + ${cel('"}')}`,
};

function constraints({ plural }: JobKind) {
  const rule = { apiGroups: [TRAINING_GROUP], apiVersions: ["v1"], operations: ["CREATE"] };
  return { resourceRules: [{ ...rule, resources: [plural] }] };
}

function binding(kind: string, policyName: string, actions: object): Manifest {
  const matchLabels = { "kueue-managed": tenantNamespaceLabels["kueue-managed"] };
  return {
    apiVersion: API,
    kind,
    metadata: { name: policyName },
    spec: { policyName, ...actions, matchResources: { namespaceSelector: { matchLabels } } },
  };
}
