import { TASKS } from "../../kueue/names";
import { type AdmissionPolicy, cel, created } from "../admission-policy";
import { gpu, operators, queue, who } from "../pod-expressions";
import { type FactsOfNamespaces, factsOfNamespace } from "./tenant-facts";

/**
 * A pod in a queue that is not there stays gated for ever, without an event; a pod without one runs around the quotas, and
 * a CPU pod in a GPU flavor's queue runs on the quota that belongs to the GPUs.
 *
 * What an operator makes of a task (Ray's head, say) belongs to that task's workload: its own label puts it nowhere.
 */
export function queueWall(params: FactsOfNamespaces): AdmissionPolicy {
  return {
    name: "wall-queue",
    judges: [created],
    params,
    variables: {
      ...factsOfNamespace,
      operated: `${operators}.size() > 0`,
      queue,
      gpu,
    },
    validations: [
      {
        expression: `variables.queue == "" ? variables.operated : !variables.known || variables.queue in variables.names`,
        messageExpression: `${who} + " must be in a queue of its namespace (" + variables.names.join(", ") + "), got \\"" + variables.queue + "\\""`,
      },
      {
        expression: `variables.queue in ${cel(["", TASKS])} || variables.operated || variables.gpu`,
        messageExpression: `${who} + " is in the GPU queue \\"" + variables.queue + "\\" and must ask for its GPUs: @task(requests=Resources(gpu=\\"1\\", ...)), or leave pod_template_name out"`,
      },
    ],
  };
}
