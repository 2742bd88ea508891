import { type AdmissionPolicy, created, debugged } from "../admission-policy";
import { addedContainers, containers, who } from "../pod-expressions";

/** What Flyte's secrets webhook calls the variables that it adds. */
const SECRET_PREFIX = "_FSEC_";

const copied = (list: string) =>
  `${list}.exists(c, has(c.env) && c.env.exists(e, e.name.startsWith("${SECRET_PREFIX}") && !has(e.valueFrom)))`;

/** A secret stays where it is kept, and a pod names the place. Who can read pods would read it, and whose it is nobody knows. */
export const secretWall: AdmissionPolicy = {
  name: "wall-secrets",
  judges: [created, debugged],
  variables: { copied: `${copied(`(${containers})`)} || ${copied(addedContainers)}` },
  validations: [
    {
      expression: "!variables.copied",
      messageExpression: `${who} + " must not carry the value of a secret; name a Secret of its own namespace, or read it from Secret Manager (docs/secrets.md)"`,
    },
  ],
};
