import { type AdmissionPolicy, updated } from "../admission-policy";
import { gated, who } from "../pod-expressions";

/** A pod waits behind its gate, and whoever may say that a workload is admitted may lift it: Kueue, and administrators. */
export const gateWall: AdmissionPolicy = {
  name: "wall-gate",
  judges: [updated],
  when: { "let-go": `${gated("oldObject")} && !${gated("object")}` },
  validations: [
    {
      expression:
        'authorizer.group("kueue.x-k8s.io").resource("workloads").subresource("status").namespace(request.namespace).check("update").allowed()',
      messageExpression: `${who} + " waits for its queue; only Kueue takes its gate away"`,
    },
  ],
};
