import type { Informer } from "../api/informer";
import { type Pod, type ProvisioningRequest, type Workload, conditionOf, isTrue } from "../api/objects";
import { GPU } from "../objects/environment-model";
import type { Clock } from "../objects/time";
import { type Attempt, type Member, type TaskStory, newAttempt } from "./task-story";

/** Job whose pod it is, as the Training Operator says. */
const JOB = "training.kubeflow.org/job-name";

/** A pod with GPUs of a Ray cluster, which is called as its job with five letters more. */
const RAY_CLUSTER = "ray.io/cluster";

function jobOf({ metadata: { labels = {} }, spec }: Pod): string | undefined {
  const asks = spec.containers.some(({ resources }) => resources?.limits && GPU in resources.limits);
  return labels[JOB] ?? (asks ? labels[RAY_CLUSTER]?.replace(/-\w{5}$/, "") : undefined);
}

/** Writes down what Kueue and the scheduler do with the pods of the tasks. */
export class Recorder {
  /** What a pod of a gang belongs to: its name returns when its job is let go again. */
  private readonly members = new Map<string, Attempt>();

  constructor(
    private readonly stories: ReadonlyMap<string, TaskStory>,
    private readonly clock: Clock,
    pods: Informer<Pod>,
    private readonly workloads: Informer<Workload>,
    requests: Informer<ProvisioningRequest>,
  ) {
    pods.on({ changed: (pod) => this.seePod(pod), removed: (pod) => this.seePodGone(pod) });
    workloads.on({ changed: (workload, before) => this.seeWorkload(workload, before) });
    requests.on({ changed: (request) => this.seeRequest(request) });
  }

  private attemptOf(namespace: string | undefined, work: string): Attempt | undefined {
    return this.storyOf(work)?.attempts.findLast((attempt) => attempt.pod === `${namespace}/${work}`);
  }

  /** The name says whose it is: <task>-n0-<attempt>. */
  private storyOf(work: string): TaskStory | undefined {
    return this.stories.get(work.replace(/-n0-\d+$/, ""));
  }

  private seePod(pod: Pod): void {
    const job = jobOf(pod);
    if (job) return this.seeMember(pod, job);
    const attempt = this.attemptOf(pod.metadata.namespace, pod.metadata.name);
    if (!attempt) return;
    this.noteLetGo(attempt, pod);
    if (isRunning(pod)) attempt.running ??= this.clock.now();
  }

  /** A gang runs when all of its pods do. */
  private seeMember(pod: Pod, job: string): void {
    const { uid = "", namespace } = pod.metadata;
    const attempt = this.members.get(uid) ?? this.attemptOf(namespace, job);
    if (!attempt) return;
    this.members.set(uid, attempt);
    const member: Member = attempt.members.get(uid) ?? {};
    attempt.members.set(uid, member);
    this.noteLetGo(attempt, pod);
    if (isRunning(pod)) member.running ??= this.clock.now();
    if (isOver(pod)) member.ended ??= this.clock.now();
    const running = [...attempt.members.values()].filter((each) => each.running !== undefined);
    if (running.length >= (this.storyOf(job)?.task.nodes ?? Infinity)) attempt.running ??= this.clock.now();
  }

  private seePodGone({ metadata: { uid = "" } }: Pod): void {
    const member = this.members.get(uid)?.members.get(uid);
    if (member) member.ended ??= this.clock.now();
  }

  private noteLetGo(attempt: Attempt, { spec }: Pod): void {
    if (spec.schedulingGates?.length) return;
    attempt.admitted ??= this.clock.now();
    attempt.nodeSelector ??= spec.nodeSelector ?? {};
  }

  private seeWorkload(workload: Workload, before: Workload | undefined): void {
    const { namespace, ownerReferences = [] } = workload.metadata;
    for (const { name } of ownerReferences) {
      const attempt = this.attemptOf(namespace, name);
      if (!attempt) continue;
      this.note(attempt, name, workload, before);
      // The pod sets of a gang share the workload, and the one with GPUs names the flavor.
      const assignments = workload.status?.admission?.podSetAssignments ?? [];
      attempt.cpu ??= assignments[0]?.resourceUsage?.["cpu"];
      if (assignments.length > 0 && this.storyOf(name)?.task.gpus)
        attempt.flavor = assignments.map(({ flavors }) => flavors?.[GPU]).find(Boolean);
    }
  }

  private note(attempt: Attempt, work: string, workload: Workload, before: Workload | undefined): void {
    const now = this.clock.now();
    attempt.known ??= now;
    const reserved = isTrue(workload, "QuotaReserved");
    if (reserved) attempt.reserved ??= now;
    else if (before && isTrue(before, "QuotaReserved")) this.noteTakenBack(attempt, work, workload);
    if (workload.spec.active !== false) return;
    // The reason follows the decision by a moment.
    const message = conditionOf(workload, "Evicted")?.message ?? "deactivated";
    attempt.rejection = { at: attempt.rejection?.at ?? now, message };
  }

  /** Before it was let go it waits on; a job that ran is suspended, and what comes after is another part of its story. */
  private noteTakenBack(attempt: Attempt, work: string, workload: Workload): void {
    if (attempt.admitted === undefined) {
      attempt.reserved = undefined;
      attempt.requeued += 1;
      return;
    }
    const story = this.storyOf(work);
    if (!story || story.task.nodes === 1 || attempt.ended !== undefined || isTrue(workload, "Finished"))
      return;
    const now = this.clock.now();
    const reason = conditionOf(workload, "Evicted")?.reason ?? "Suspended";
    Object.assign(attempt, { end: "taken-away", ended: now, reason });
    story.attempts.push({ ...newAttempt(attempt.pod, now, true), known: now });
  }

  private seeRequest({ metadata: { namespace, name, ownerReferences = [] } }: ProvisioningRequest): void {
    for (const { name: owner } of ownerReferences)
      for (const { name: work } of this.workloads.get(`${namespace}/${owner}`)?.metadata.ownerReferences ??
        [])
        this.attemptOf(namespace, work)?.requests.add(name);
  }
}

const isRunning = ({ spec, status }: Pod) => Boolean(spec.nodeName) && status?.phase === "Running";
const isOver = ({ status }: Pod) => status?.phase === "Succeeded" || status?.phase === "Failed";
