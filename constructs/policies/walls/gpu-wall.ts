import {
  ACCELERATOR,
  COMPUTE_CLASS,
  FLEX_START,
  GPU_RESOURCE,
  PROVISIONING,
  SPOT,
} from "../../kueue/node-labels";
import { QUEUE_LABEL } from "../../kueue/objects/local-queues";
import { type AdmissionPolicy, cel, created } from "../admission-policy";
import {
  gpu,
  operators,
  preferredTerms,
  queue,
  requiredTerms,
  selector,
  tolerates,
  who,
} from "../pod-expressions";

/**
 * Without a queue it runs around the quotas; without a type it gets whatever GPU has quota, the dearest included. And a
 * task on a GPU's node that asks for no GPU takes it from those who do, which the quota of GPUs does not count: it may
 * neither choose such a node, nor prefer it, nor tolerate its taint.
 *
 * What a ladder's nodes are like is said by the steps of its ComputeClass. GKE refuses a pod that says it once more, with a
 * 403, which Flyte repeats until the end of time.
 */
export function gpuWall(gpuClasses: readonly string[]): AdmissionPolicy {
  const wanted = `t, has(t.matchExpressions) && t.matchExpressions.exists(e, !(e.operator in ["NotIn", "DoesNotExist"]) && (e.key == ${cel(ACCELERATOR)} || (e.key == ${cel(COMPUTE_CLASS)} && (!has(e.values) || e.values.exists(v, v in ${cel(gpuClasses)})))))`;
  return {
    name: "wall-gpu",
    judges: [created],
    variables: {
      gpu,
      operated: `${operators}.size() > 0`,
      queue,
      typeKeys: cel([ACCELERATOR, COMPUTE_CLASS]),
      selector,
      selected: "variables.typeKeys.exists(k, k in variables.selector)",
      terms: requiredTerms,
      preferences: preferredTerms,
      // Terms are alternatives, so each must say it.
      required:
        'variables.terms.size() > 0 && variables.terms.all(t, has(t.matchExpressions) && t.matchExpressions.exists(e, e.key in variables.typeKeys && e.operator == "In"))',
      onGpuNodes: [
        `${cel(ACCELERATOR)} in variables.selector`,
        `(${cel(COMPUTE_CLASS)} in variables.selector && variables.selector[${cel(COMPUTE_CLASS)}] in ${cel(gpuClasses)})`,
        `variables.terms.exists(${wanted})`,
        `variables.preferences.exists(${wanted})`,
        tolerates(GPU_RESOURCE),
      ].join(" || "),
      ...(gpuClasses.length > 0 && {
        onLadder: `${cel(COMPUTE_CLASS)} in variables.selector && variables.selector[${cel(COMPUTE_CLASS)}] in ${cel(gpuClasses)}`,
        nodeKeys: cel([ACCELERATOR, PROVISIONING, SPOT, FLEX_START]),
        besideLadder:
          "variables.nodeKeys.exists(k, k in variables.selector) || variables.terms.exists(t, has(t.matchExpressions) && t.matchExpressions.exists(e, e.key in variables.nodeKeys))",
      }),
    },
    validations: [
      {
        // Of a pod that no operator made, the wall of queues says so; of two refusals it is chance which is told.
        expression: 'variables.queue != "" || !variables.gpu || !variables.operated',
        messageExpression: `${who} + ${cel(` asks for a GPU and must have the label ${QUEUE_LABEL}; name a flavor: @task(pod_template_name=...)`)}`,
      },
      {
        expression: "variables.selected || variables.required || !variables.gpu",
        messageExpression: `${who} + ${cel(` asks for a GPU and must say which: name a flavor, @task(pod_template_name=...), or a type, @task(accelerator=...)`)}`,
      },
      {
        expression: "variables.gpu || variables.operated || !variables.onGpuNodes",
        messageExpression: `${who} + ${cel(' would be on a node with GPUs and must ask for them: @task(requests=Resources(gpu="1", ...)), or leave out pod_template_name, node affinity and tolerations')}`,
      },
      ...(gpuClasses.length > 0
        ? [
            {
              expression: "!variables.onLadder || !variables.besideLadder",
              messageExpression: `${who} + " names the ladder " + variables.selector[${cel(COMPUTE_CLASS)}] + ${cel(", whose steps say which nodes: leave out interruptible=True, accelerator=... and node affinity")}`,
            },
          ]
        : []),
    ],
  };
}
