import type { KubeApi } from "../api/client";
import type { KubeObject } from "../api/objects";
import { PROVISIONING_REQUEST } from "../../constructs/kueue/node-labels";

const NAME = "gke-consumes-provisioning-request";
const CONSUMES = "autoscaling.x-k8s.io/consume-provisioning-request";

const gates = (pod: string) => `size(${pod}.spec.?schedulingGates.orValue([]))`;

/**
 * What GKE's own webhook does when Kueue lets a pod go that has a request, or an operator makes the pods of a job that
 * has one: it pins them to the request's nodes.
 */
const policy = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "MutatingAdmissionPolicy",
  metadata: { name: NAME },
  spec: {
    failurePolicy: "Fail",
    reinvocationPolicy: "Never",
    matchConstraints: {
      resourceRules: [
        { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] },
      ],
    },
    matchConditions: [
      {
        name: "consumes-a-request",
        expression: `has(object.metadata.annotations) && '${CONSUMES}' in object.metadata.annotations`,
      },
      {
        name: "is-let-go",
        expression: `${gates("object")} == 0 && (oldObject == null || ${gates("oldObject")} > 0)`,
      },
      { name: "has-a-selector", expression: "has(object.spec.nodeSelector)" },
    ],
    mutations: [
      {
        patchType: "JSONPatch",
        jsonPatch: {
          expression: `[JSONPatch{op: "add", path: "/spec/nodeSelector/" + jsonpatch.escapeKey("${PROVISIONING_REQUEST}"), value: object.metadata.annotations["${CONSUMES}"]}]`,
        },
      },
    ],
  },
};

const binding = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "MutatingAdmissionPolicyBinding",
  metadata: { name: NAME },
  spec: { policyName: NAME },
};

export async function installGkeWebhook(api: KubeApi): Promise<void> {
  await api.create<KubeObject>(policy);
  await api.create<KubeObject>(binding);
}
