import { type Pod, conditionOf, isTrue } from "../api/objects";
import type { Attempt } from "../story/task-story";
import type { PyTorchJob } from "./pytorch-job";
import type { RayJob } from "./ray-job";

/** What Flyte makes of a task: a pod, or a job of several. */
export type Job = PyTorchJob | RayJob;
export type Work = Pod | Job;

const isPod = (work: Work): work is Pod => work.kind === "Pod";

const isRay = (work: Job): work is RayJob => work.kind === "RayJob";

/** Whether Kueue held it back when it was made. */
export function isHeld(work: Work): boolean {
  if (isPod(work)) return (work.spec.schedulingGates ?? []).length > 0;
  if (isRay(work)) return work.spec.suspend === true;
  const { runPolicy = {} } = work.spec as { readonly runPolicy?: { readonly suspend?: boolean } };
  return runPolicy.suspend === true;
}

/** How it ended; nothing while it goes on. */
export function endOf(work: Work): Pick<Attempt, "end" | "reason"> | undefined {
  const over = isPod(work) ? endOfPod(work) : endOfJob(work);
  if (over || !work.metadata.deletionTimestamp) return over;
  const target = conditionOf(work, "TerminationTarget") ?? conditionOf(work, "DisruptionTarget");
  return { end: "taken-away", reason: target?.reason ?? "Deleted" };
}

function endOfPod({ status = {} }: Pod): Pick<Attempt, "end" | "reason"> | undefined {
  const reason = status.reason && { reason: status.reason };
  if (status.phase === "Succeeded") return { end: "succeeded", ...reason };
  return status.phase === "Failed" ? { end: "failed", ...reason } : undefined;
}

function endOfJob(job: Job): Pick<Attempt, "end" | "reason"> | undefined {
  if (isRay(job)) return endOfRayJob(job);
  if (isTrue(job, "Succeeded")) return { end: "succeeded" };
  return isTrue(job, "Failed")
    ? { end: "failed", reason: conditionOf(job, "Failed")?.reason ?? "Failed" }
    : undefined;
}

function endOfRayJob({ status = {} }: RayJob): Pick<Attempt, "end" | "reason"> | undefined {
  const { jobDeploymentStatus, jobStatus, reason = "Failed" } = status;
  if (jobDeploymentStatus === "Complete" && jobStatus === "SUCCEEDED") return { end: "succeeded" };
  return jobDeploymentStatus === "Failed" ? { end: "failed", reason } : undefined;
}
