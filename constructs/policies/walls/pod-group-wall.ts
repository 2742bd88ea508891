import { type AdmissionPolicy, created } from "../admission-policy";
import { hasAnnotation, hasLabel, who } from "../pod-expressions";

const GROUP = "kueue.x-k8s.io/pod-group-name";
const GROUP_SIZE = "kueue.x-k8s.io/pod-group-total-count";
const WORKLOAD = "kueue.x-k8s.io/prebuilt-workload-name";

/**
 * Kueue 0.19 takes a group's word for how much its pods need (kubernetes-sigs/kueue#13299). Gangs are an operator's
 * object, one workload each, and need no groups.
 */
export const podGroupWall: AdmissionPolicy = {
  name: "wall-pod-groups",
  judges: [created],
  variables: {
    grouped: [hasLabel(GROUP), hasAnnotation(GROUP), hasAnnotation(GROUP_SIZE), hasLabel(WORKLOAD)].join(
      " || ",
    ),
  },
  validations: [
    {
      expression: "!variables.grouped",
      messageExpression: `${who} + " must not name a pod group or a workload (${GROUP}, ${GROUP_SIZE}, ${WORKLOAD}); pods that start together are one task of an operator's type, such as Ray"`,
    },
  ],
};
