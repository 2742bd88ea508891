import type { AddOnSections } from "../../../constructs/addons/all";
import { defaulted, flag, group, oneOf, optional, wholeNumber } from "./kinds";

const training = group({
  tensorflow: defaulted(flag(), false, {
    meaning: "TensorFlow's jobs (`TfJob`) beside PyTorch's.",
    change: "In place; new pods of Flyte.",
  }),
  queueLabels: optional(oneOf("copied", "written"), {
    meaning:
      "Flyte puts queue and priority on a job's pods and not on the job, where Kueue looks. `copied`: the API server copies them, which takes Kubernetes 1.36. `written`: whoever writes the task adds them (`labels=`), and a job without them is refused with what to write.",
    default: "`copied` in the release channel RAPID, otherwise `written`",
    change: "In place, for jobs from then on.",
  }),
});

const spark = group({
  spillGib: defaulted(wholeNumber(1, 10, "GiB"), 10, {
    meaning:
      "Disk of each driver and executor for what does not fit into its memory, as a shuffle may not. A pod that writes more is evicted.",
    change: "In place, for jobs from then on.",
    source: "cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests",
  }),
});

/** One section for each add-on that there is; the add-on says what its section holds. */
export const addOns = group({
  training: optional(training, {
    meaning:
      "PyTorch on several nodes (`Elastic`, `PyTorch`): a task becomes one job, which waits in its team's queue and starts as a whole. Installs Kubeflow's Training Operator. Without it such a task fails and says so. MPI is not offered: docs/gangs.md says what to use.",
    default: "off",
    change: "In place; new pods of Flyte. Switch it off when no job is left.",
    example: "{}",
  }),
  ray: optional(group({}), {
    meaning:
      "Ray: a Ray task becomes one RayJob, which waits in its team's queue and starts as a whole (docs/gangs.md). Installs KubeRay's operator. Without it a Ray task fails and says so.",
    default: "off",
    change: "In place; new pods of Flyte. Switch it off when no job is left.",
    example: "{}",
  }),
  spark: optional(spark, {
    meaning:
      "Spark: a task becomes a driver and its executors, each of which waits in the team's queue of CPU tasks and counts against its quota. Installs Kubeflow's Spark operator. Without it such a task runs as one plain pod. Not yet tried on GKE.",
    default: "off",
    change: "In place; new pods of Flyte. Switch it off when no job is left.",
    example: "{}",
  }),
} satisfies Record<keyof AddOnSections, unknown>);
