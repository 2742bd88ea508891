import type { AddOn, AddOnContext } from "../add-on";
import { jobCrd } from "./job-crds";
import { pytorchJob, tensorflowJob, TRAINING_GROUP } from "./job-kinds";
import { operatorObjects, TRAINING_WEBHOOK_PORT } from "./operator-objects";
import { operatorInTenant } from "./operator-rights";

/** What an environment says of training on several nodes. */
export interface TrainingSection {
  /** TensorFlow's jobs beside PyTorch's. */
  readonly tensorflow: boolean;
}

const NAMESPACE = "training-operator";
const RELEASE = "training-operator";
const CRDS = "training-crds";

/** The one that Flyte v1.16.8 speaks to, at the tag that its own v1.9.4 overlay sets (docs/decisions/0017). */
const operatorImage = "kubeflow/training-v1/training-operator:v1-93c5489";
const initImage = "library/alpine:3.21.3";

/**
 * PyTorch, and TensorFlow when asked for, on several nodes: a task becomes one PyTorchJob or TFJob, whose pods the
 * Training Operator makes, and which Kueue admits as a whole.
 */
export function training({ tensorflow }: TrainingSection, { mirrors }: AddOnContext): AddOn {
  const kinds = [pytorchJob, ...(tensorflow ? [tensorflowJob] : [])];
  const github = mirrors["ghcr.io"] ?? "ghcr.io";
  const docker = mirrors["docker.io"] ?? "docker.io";
  return {
    controlPlanePorts: [TRAINING_WEBHOOK_PORT],
    namespaces: [NAMESPACE],
    releases: [
      { name: CRDS, namespace: NAMESPACE, manifests: kinds.map(jobCrd) },
      {
        name: RELEASE,
        namespace: NAMESPACE,
        manifests: operatorObjects({
          namespace: NAMESPACE,
          kinds,
          image: `${github}/${operatorImage}`,
          initImage: `${docker}/${initImage}`,
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
    registries: [`${docker}/library`],
  };
}
