import type { Manifest } from "../../kubernetes/manifest";
import { OPERATOR } from "./names";

const TEMPLATES = `${OPERATOR}-pods`;
/** Where the controller has them, which hands them to Spark. */
const FOLDER = "/etc/spark-pods";

const roles = ["driver", "executor"] as const;

/** Files that Spark builds its pods on, by the key of its configuration that names them. */
export const podTemplateFiles = Object.fromEntries(
  roles.map((role) => [`spark.kubernetes.${role}.podTemplateFile`, `${FOLDER}/${role}.yaml`] as const),
);

/** Of the controller's pod. */
export const podTemplateVolume = { name: "pods", configMap: { name: TEMPLATES } };
export const podTemplateMount = { name: "pods", mountPath: FOLDER, readOnly: true };

/**
 * What Spark's configuration has no words for: how much a pod may spill to its node's disk. Without it Autopilot gives each
 * pod 1 GiB, and takes the pod away when a shuffle is larger.
 *
 * @see spark.apache.org/docs/latest/running-on-kubernetes.html#pod-template
 */
export function podTemplates(namespace: string, spillGib: number): Manifest {
  const file = (role: string) => JSON.stringify(podTemplate(`spark-kubernetes-${role}`, spillGib), null, 2);
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: TEMPLATES, namespace },
    data: Object.fromEntries(roles.map((role) => [`${role}.yaml`, file(role)])),
  };
}

/** @param container Spark's own name for it, by which the operator's webhook finds it. */
function podTemplate(container: string, spillGib: number) {
  const amounts = { "ephemeral-storage": `${spillGib}Gi` };
  return {
    apiVersion: "v1",
    kind: "Pod",
    spec: {
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: container,
          resources: { requests: amounts, limits: amounts },
          securityContext: { allowPrivilegeEscalation: false },
        },
      ],
    },
  };
}
