import { type AdmissionPolicy, cel } from "../admission-policy";
import { mayTakeDownWalls } from "./tenant-wall";

const TOKEN = "kubernetes.io/service-account-token";

/**
 * Kubernetes writes a service account's token, which never ends, into a Secret of this type: a team's people, who may write
 * Secrets, would get one for each service account of their namespace, an operator's included.
 */
export const tokenWall: AdmissionPolicy = {
  name: "wall-tokens",
  // A Secret keeps its type.
  judges: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["secrets"] }],
  when: { "for-a-token": `has(object.type) && object.type == ${cel(TOKEN)}` },
  validations: [
    {
      expression: mayTakeDownWalls,
      messageExpression: `"secret " + (has(object.metadata.name) ? object.metadata.name : object.metadata.generateName) + ${cel(` must not be of the type ${TOKEN}; a task has its namespace's identity and needs no token`)}`,
    },
  ],
};
