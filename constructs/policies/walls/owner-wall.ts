import { type AdmissionPolicy, created } from "../admission-policy";
import { operators, who } from "../pod-expressions";

/** By Kubernetes' own convention a resource is the kind in small letters, and an "s". */
const mayUpdateStatus =
  'authorizer.group(o.apiVersion.contains("/") ? o.apiVersion.split("/")[0] : "").resource(o.kind.lowerAscii() + "s").subresource("status").namespace(request.namespace).check("update").allowed()';

/**
 * Kueue lets a pod through whose owner waits in a queue, and does not ask who says so. Only the controller of a kind
 * writes the status of its objects, so whoever makes a pod in an object's name must be allowed to.
 */
export const ownerWall: AdmissionPolicy = {
  name: "wall-owner",
  judges: [created],
  variables: { operators },
  validations: [
    {
      expression: `variables.operators.all(o, ${mayUpdateStatus})`,
      messageExpression: `${who} + " must not name an owner that did not make it (" + variables.operators.map(o, o.kind + " " + o.name).join(", ") + "); leave ownerReferences out"`,
    },
  ],
};
