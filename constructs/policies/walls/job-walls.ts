import { PRIORITY_LABEL } from "../../kueue/objects/priorities";
import { type AdmissionPolicy, cel, type ResourceRule } from "../admission-policy";
import { label, queue } from "../pod-expressions";
import { type FactsOfNamespaces, factsOfNamespace } from "./tenant-facts";

/** Kinds of job that tasks become, by their plural names. */
export interface JudgedKind {
  readonly apiGroup: string;
  readonly resources: readonly string[];
}

/** How every message about a job begins. */
export const whichJob = `object.kind + " " + (has(object.metadata.name) ? object.metadata.name : object.metadata.generateName)`;

export function createdJobs({ apiGroup, resources }: JudgedKind): ResourceRule {
  return { apiGroups: [apiGroup], apiVersions: ["*"], operations: ["CREATE"], resources };
}

/**
 * What the walls ask of a pod, of the job that becomes one workload. It has no pods while it waits: in a queue or with a
 * priority that is not there it is suspended for ever, without an event.
 */
export function jobQueueWall(kinds: readonly JudgedKind[], params: FactsOfNamespaces): AdmissionPolicy {
  return {
    name: "wall-job-queue",
    judges: kinds.map(createdJobs),
    params,
    variables: { ...factsOfNamespace, queue },
    validations: [
      {
        expression: `variables.queue != "" && (!variables.known || variables.queue in variables.names)`,
        messageExpression: `${whichJob} + " must be in a queue of its namespace (" + variables.names.join(", ") + "), got \\"" + variables.queue + "\\""`,
      },
    ],
  };
}

export function jobPriorityWall(kinds: readonly JudgedKind[], params: FactsOfNamespaces): AdmissionPolicy {
  return {
    name: "wall-job-priority",
    judges: kinds.map(createdJobs),
    params,
    variables: { ...factsOfNamespace, priority: label(PRIORITY_LABEL) },
    validations: [
      {
        expression: 'variables.priority == "" || !variables.known || variables.priority in variables.names',
        messageExpression: `${whichJob} + ${cel(` must have a priority of its domain in its label ${PRIORITY_LABEL} (`)} + variables.names.join(", ") + "), got \\"" + variables.priority + "\\""`,
      },
    ],
  };
}
