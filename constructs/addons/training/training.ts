import { pulledName } from "../../images";
import type { AddOn, AddOnContext } from "../add-on";
import { gangPolicies, type QueueLabels } from "./gang-policies";
import { jobCrd } from "./job-crds";
import { pytorchJob, tensorflowJob, TRAINING_GROUP } from "./job-kinds";
import { operatorAmounts, operatorObjects, TRAINING_WEBHOOK_PORT } from "./operator-objects";
import { OPERATOR, operatorInTenant } from "./operator-rights";
import type { ServedKind } from "../seen";

/** What an environment says of training on several nodes. */
export interface TrainingSection {
  /** TensorFlow's jobs beside PyTorch's. */
  readonly tensorflow: boolean;

  /**
   * Who copies queue and priority from the pods of a job to the job: the API server, which Kubernetes 1.36 can, or the
   * author of each task. Where it is written, a job without them is refused.
   *
   * @default - "copied" in the channel RAPID, "written" in the others, where 1.36 may not have arrived
   */
  readonly queueLabels?: QueueLabels;
}

const NAMESPACE = "training-operator";
const RELEASE = "training-operator";
const CRDS = "training-crds";
const POLICIES = "training-policies";

/** The one that Flyte v1.16.8 speaks to, at the tag that its own v1.9.4 overlay sets (docs/decisions/0017). */
const operatorImage = "ghcr.io/kubeflow/training-v1/training-operator:v1-93c5489";
const waitingImage = "docker.io/library/alpine:3.21.3";
export const trainingImages = [operatorImage, waitingImage];

/**
 * PyTorch, and TensorFlow when asked for, on several nodes: a task becomes one PyTorchJob or TFJob, whose pods the
 * Training Operator makes, and which Kueue admits as a whole.
 */
export function training(section: TrainingSection, context: AddOnContext): AddOn {
  const { releaseChannel, queuedFlavors } = context;
  const kinds = [pytorchJob, ...(section.tensorflow ? [tensorflowJob] : [])];
  const queueLabels = section.queueLabels ?? (releaseChannel === "RAPID" ? "copied" : "written");
  const initImage = pulledName(waitingImage, context);
  return {
    controlPlanePorts: [TRAINING_WEBHOOK_PORT],
    namespaces: [NAMESPACE],
    releases: [
      { name: CRDS, namespace: NAMESPACE, manifests: kinds.map(jobCrd) },
      {
        name: POLICIES,
        namespace: NAMESPACE,
        manifests: gangPolicies({ kinds, queueLabels, queuedQueues: queuedFlavors }),
        after: [CRDS],
      },
      {
        name: RELEASE,
        namespace: NAMESPACE,
        manifests: operatorObjects({
          namespace: NAMESPACE,
          kinds,
          image: pulledName(operatorImage, context),
          initImage,
        }),
        after: [CRDS],
        // The certificate reaches the pod a minute or two after the operator has made it.
        timeoutSeconds: 600,
      },
    ],
    flyte: {
      taskTypes: Object.fromEntries(kinds.map(({ task }) => [task, [task]])),
      // From a job's creation to its first pod, the time in the queue included; after it Flyte gives the task up. The
      // price: Flyte does not notice an operator that is gone.
      config: { "kf-operator": { timeout: "8760h" } },
      kinds: [{ apiGroup: TRAINING_GROUP, resources: kinds.map(({ plural }) => plural) }],
    },
    frameworks: kinds.map(({ framework }) => framework),
    tenant: (namespace) => [operatorInTenant(namespace, NAMESPACE)],
    images: [initImage],
    podTemplates: kinds.map(({ plural, replicaSpecs }) => ({
      apiGroup: TRAINING_GROUP,
      resource: plural,
      templates: `object.spec.${replicaSpecs}.map(r, object.spec.${replicaSpecs}[r]).filter(r, has(r.template)).map(r, r.template)`,
    })),
    seen: {
      operators: [
        {
          title: "Training Operator",
          does: `makes the pods of ${kinds.map(({ kind }) => `${kind}s`).join(" and ")}`,
          namespace: NAMESPACE,
          deployment: OPERATOR,
          ...operatorAmounts,
        },
      ],
      served: [
        ...kinds.map(({ plural }) => ({ group: TRAINING_GROUP, version: "v1", resource: plural })),
        ...(queueLabels === "copied" ? [copying] : []),
      ],
    },
  };
}

const copying: ServedKind = {
  group: "admissionregistration.k8s.io",
  version: "v1",
  resource: "mutatingadmissionpolicies",
  otherwise:
    'until the cluster has Kubernetes 1.36, let authors write the labels: addOns: { training: { queueLabels: "written" } }',
};
