import { ACCELERATOR, FLEX_START, MAX_RUN_DURATION } from "../../kueue/node-labels";
import { type AdmissionPolicy, cel, created } from "../admission-policy";
import { gpu, preferredTerms, requiredTerms, selector, tolerates, who } from "../pod-expressions";

/** What a flex-start flavor allows. */
export interface RunLimit {
  /** Value of `cloud.google.com/gke-accelerator`. */
  readonly accelerator: string;
  readonly seconds: number;
}

/** Annotations of a pod that Kueue hands on as parameters of its ProvisioningRequest. */
const PROVISIONING_PARAMETERS = "provreq.kueue.x-k8s.io/";

const mentions = `t, has(t.matchExpressions) && t.matchExpressions.exists(e, e.key == ${cel(MAX_RUN_DURATION)})`;

/**
 * How long a task may have its nodes is its flavor's to say. Beside the limit of a queued flavor, a second one makes Kueue
 * delete the request for nodes and make it anew, without end. That of a flex-start flavor stands in its PodTemplate: a GPU
 * pod that tolerates flex-start's taint must have it, since without one GKE gives the node for seven days.
 */
export function runLimitWall(runLimits: readonly RunLimit[]): AdmissionPolicy {
  const allowed = [...new Set(runLimits.map(({ accelerator, seconds }) => `${accelerator} ${seconds}`))];
  return {
    name: "wall-run-limit",
    judges: [created],
    variables: {
      own: `has(object.metadata.annotations) ? object.metadata.annotations.map(k, k).filter(k, k.startsWith(${cel(PROVISIONING_PARAMETERS)})) : []`,
      selector,
      terms: requiredTerms,
      preferences: preferredTerms,
      limited: `${cel(MAX_RUN_DURATION)} in variables.selector || variables.terms.exists(${mentions}) || variables.preferences.exists(${mentions})`,
      flexStart: `${gpu} && ${tolerates(FLEX_START)}`,
      asFlavor: `${cel(ACCELERATOR)} in variables.selector && ${cel(MAX_RUN_DURATION)} in variables.selector && variables.selector[${cel(ACCELERATOR)}] + " " + variables.selector[${cel(MAX_RUN_DURATION)}] in ${cel(allowed)}`,
    },
    validations: [
      {
        expression: "variables.own.size() == 0",
        messageExpression: `${who} + " must not have the annotation " + variables.own.join(", ") + ${cel("; how long a task may have its nodes is its flavor's to say: name another flavor")}`,
      },
      {
        expression: "variables.asFlavor || !(variables.limited || variables.flexStart)",
        messageExpression: `${who} + ${cel(` must have the run limit of its flavor (${MAX_RUN_DURATION}), neither another nor none: name the flavor, @task(pod_template_name=...), and change nothing of it`)}`,
      },
    ],
  };
}
