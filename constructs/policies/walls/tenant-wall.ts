import { type AdmissionPolicy } from "../admission-policy";

const operations = ["CREATE", "UPDATE", "DELETE"] as const;

export const mayTakeDownWalls =
  'authorizer.group("admissionregistration.k8s.io").resource("validatingadmissionpolicies").check("delete").allowed()';

/**
 * The network policies and queues of a namespace are the platform's, whatever rights somebody has been given there. Whoever
 * may take down the walls themselves may change them: the deployer, administrators, the controller that empties a namespace.
 */
export const tenantWall: AdmissionPolicy = {
  name: "wall-tenant-objects",
  judges: [
    { apiGroups: ["networking.k8s.io"], apiVersions: ["v1"], operations, resources: ["networkpolicies"] },
    { apiGroups: ["kueue.x-k8s.io"], apiVersions: ["*"], operations, resources: ["localqueues"] },
  ],
  validations: [
    {
      expression: mayTakeDownWalls,
      messageExpression:
        'request.resource.resource + " of a namespace of tasks are the platform\'s to change (queues.teams, policies.network); got " + request.operation + " of " + request.name',
    },
  ],
};
