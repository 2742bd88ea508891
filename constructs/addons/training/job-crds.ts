import type { Manifest } from "../../kubernetes/manifest";
import { type JobKind, TRAINING_GROUP } from "./job-kinds";

/**
 * The CRD of a kind of job, in our own words: names, version and subresources are the operator's, the schema says what
 * policies read of a job and lets everything else through (docs/decisions/0016). The operator's webhook judges the rest.
 *
 * It outlives the add-on: with a CRD all its jobs would go, and hang on Flyte's finalizer.
 */
export function jobCrd({ kind, plural, replicaSpecs }: JobKind): Manifest {
  const singular = kind.toLowerCase();
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: `${plural}.${TRAINING_GROUP}`,
      annotations: { "helm.sh/resource-policy": "keep" },
    },
    spec: {
      group: TRAINING_GROUP,
      names: { kind, listKind: `${kind}List`, plural, singular },
      scope: "Namespaced",
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          additionalPrinterColumns: [
            { name: "State", type: "string", jsonPath: ".status.conditions[-1:].type" },
            { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
          ],
          subresources: { status: {} },
          schema: { openAPIV3Schema: schema(replicaSpecs) },
        },
      ],
    },
  };
}

const text = { type: "string" };
/** Anything may be in it beside what is named. */
const open = (properties: object = {}) => ({
  type: "object",
  "x-kubernetes-preserve-unknown-fields": true,
  properties,
});

function schema(replicaSpecs: string) {
  const replicas = open({ replicas: { type: "integer", format: "int32" }, restartPolicy: text, template });
  return {
    type: "object",
    properties: {
      apiVersion: text,
      kind: text,
      metadata: { type: "object" },
      spec: {
        ...open({
          runPolicy: open({ cleanPodPolicy: text, suspend: { type: "boolean" } }),
          [replicaSpecs]: { type: "object", additionalProperties: replicas },
        }),
        required: [replicaSpecs],
      },
      status: open(),
    },
  };
}

const texts = { type: "object", additionalProperties: text };
const amounts = {
  type: "object",
  additionalProperties: { "x-kubernetes-int-or-string": true },
};
const containers = {
  type: "array",
  items: open({ name: text, image: text, resources: open({ requests: amounts, limits: amounts }) }),
};
const template = open({
  metadata: open({ labels: texts, annotations: texts }),
  spec: open({ containers, initContainers: containers }),
});
