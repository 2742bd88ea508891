import { type AdmissionPolicy, created, debugged } from "../admission-policy";
import { addedContainers, containers, listOf, who } from "../pod-expressions";

const flag = (path: string) => `(has(${path}) && ${path})`;
const privileged = (list: string) =>
  `${list}.exists(c, has(c.securityContext) && ${flag("c.securityContext.privileged")})`;

/**
 * Pod Security's "baseline" refuses it before this is asked, with a 403 in its own words. This holds when somebody takes
 * that label off a namespace.
 */
export const hostWall: AdmissionPolicy = {
  name: "wall-host",
  judges: [created, debugged],
  variables: {
    host: [
      ...["hostNetwork", "hostPID", "hostIPC"].map((field) => flag(`object.spec.${field}`)),
      `${listOf("object.spec.volumes")}.exists(v, has(v.hostPath))`,
    ].join(" || "),
    privileged: `${privileged(`(${containers})`)} || ${privileged(addedContainers)}`,
  },
  validations: [
    {
      expression: "!variables.host && !variables.privileged",
      messageExpression: `${who} + " must not be privileged, or use its node's network, processes or files (hostNetwork, hostPID, hostIPC, hostPath)"`,
    },
  ],
};
