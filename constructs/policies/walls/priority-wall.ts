import { PRIORITY_LABEL } from "../../kueue/objects/priorities";
import { type AdmissionPolicy, cel, created } from "../admission-policy";
import { label, who } from "../pod-expressions";
import { type FactsOfNamespaces, factsOfNamespace } from "./tenant-facts";

/**
 * Who goes first is said by the domain and its tiers. A PriorityClass of Kubernetes would have the scheduler kill other
 * teams' running tasks, whatever Kueue thinks of it; and Kueue waits without a word for a class that does not exist.
 */
export function priorityWall(params: FactsOfNamespaces): AdmissionPolicy {
  return {
    name: "wall-priority",
    judges: [created],
    params,
    variables: { ...factsOfNamespace, priority: label(PRIORITY_LABEL) },
    validations: [
      {
        expression: '!has(object.spec.priorityClassName) || object.spec.priorityClassName == ""',
        messageExpression: `${who} + ${cel(` must not have a priorityClassName; how urgent a run is says its label ${PRIORITY_LABEL}`)}`,
      },
      {
        expression: 'variables.priority == "" || !variables.known || variables.priority in variables.names',
        messageExpression: `${who} + ${cel(` must have a priority of its domain in its label ${PRIORITY_LABEL} (`)} + variables.names.join(", ") + "), got \\"" + variables.priority + "\\""`,
      },
    ],
  };
}
