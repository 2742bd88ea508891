import type { KueueFramework } from "../../kueue/controller/controller-config";

/** A kind of job of the Training Operator. */
export interface JobKind {
  readonly kind: string;
  readonly plural: string;
  /** Key of the job's `spec` that holds its pods by their role. */
  readonly replicaSpecs: string;
  /** Task type of flytekit, and Flyte's plugin for it. */
  readonly task: string;
  readonly framework: KueueFramework;
}

export const TRAINING_GROUP = "kubeflow.org";

export const pytorchJob: JobKind = {
  kind: "PyTorchJob",
  plural: "pytorchjobs",
  replicaSpecs: "pytorchReplicaSpecs",
  task: "pytorch",
  framework: "kubeflow.org/pytorchjob",
};

export const tensorflowJob: JobKind = {
  kind: "TFJob",
  plural: "tfjobs",
  replicaSpecs: "tfReplicaSpecs",
  task: "tensorflow",
  framework: "kubeflow.org/tfjob",
};
