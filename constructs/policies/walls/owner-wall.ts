import { type AdmissionPolicy, cel, created } from "../admission-policy";
import { operators, who } from "../pod-expressions";

/** By Kubernetes' own convention a resource is the kind in small letters, and an "s". */
const mayUpdateStatus =
  'authorizer.group(o.apiVersion.contains("/") ? o.apiVersion.split("/")[0] : "").resource(o.kind.lowerAscii() + "s").subresource("status").namespace(request.namespace).check("update").allowed()';

/** A pod that a pod made, by whoever of its namespace may. Another wall has it wait for itself. */
const ofPodMaker = (accounts: readonly string[]) =>
  `(o.apiVersion == "v1" && o.kind == "Pod" && ${cel(accounts)}.exists(a, request.userInfo.username == "system:serviceaccount:" + request.namespace + ":" + a))`;

/**
 * Kueue lets a pod through whose owner waits in a queue, and does not ask who says so. Only the controller of a kind
 * writes the status of its objects, so whoever makes a pod in an object's name must be allowed to.
 *
 * @param podMakers Service accounts of tasks whose pods make pods.
 */
export function ownerWall(podMakers: readonly string[]): AdmissionPolicy {
  const mayBeOwner = [mayUpdateStatus, ...(podMakers.length > 0 ? [ofPodMaker(podMakers)] : [])];
  return {
    name: "wall-owner",
    judges: [created],
    variables: { operators },
    validations: [
      {
        expression: `variables.operators.all(o, ${mayBeOwner.join(" || ")})`,
        messageExpression: `${who} + " must not name an owner that did not make it (" + variables.operators.map(o, o.kind + " " + o.name).join(", ") + "); leave ownerReferences out"`,
      },
    ],
  };
}
