import type { Informer } from "../api/informer";
import { type Pod, type ProvisioningRequest, type Workload, conditionOf, isTrue } from "../api/objects";
import { GPU } from "../objects/environment-model";
import type { Clock } from "../objects/time";
import type { Attempt, TaskStory } from "./task-story";

/** Writes down what Kueue and the scheduler do with the pods of the tasks. */
export class Recorder {
  constructor(
    private readonly stories: ReadonlyMap<string, TaskStory>,
    private readonly clock: Clock,
    pods: Informer<Pod>,
    private readonly workloads: Informer<Workload>,
    requests: Informer<ProvisioningRequest>,
  ) {
    pods.on({ changed: (pod) => this.seePod(pod) });
    workloads.on({ changed: (workload, before) => this.seeWorkload(workload, before) });
    requests.on({ changed: (request) => this.seeRequest(request) });
  }

  private attemptOf(namespace: string | undefined, pod: string): Attempt | undefined {
    return this.storyOf(pod)?.attempts.find((attempt) => attempt.pod === `${namespace}/${pod}`);
  }

  /** The name says whose it is: <task>-n0-<attempt>. */
  private storyOf(pod: string): TaskStory | undefined {
    return this.stories.get(pod.replace(/-n0-\d+$/, ""));
  }

  private seePod(pod: Pod): void {
    const attempt = this.attemptOf(pod.metadata.namespace, pod.metadata.name);
    if (!attempt) return;
    const now = this.clock.now();
    if (!pod.spec.schedulingGates?.length) {
      attempt.admitted ??= now;
      attempt.nodeSelector ??= pod.spec.nodeSelector ?? {};
    }
    if (pod.spec.nodeName && pod.status?.phase === "Running") attempt.running ??= now;
  }

  private seeWorkload(workload: Workload, before: Workload | undefined): void {
    const { namespace, ownerReferences = [] } = workload.metadata;
    for (const owner of ownerReferences) {
      const attempt = owner.kind === "Pod" ? this.attemptOf(namespace, owner.name) : undefined;
      if (!attempt) continue;
      this.note(attempt, workload, before);
      // The pod sets of a gang share the workload, and the one with GPUs names the flavor.
      const assignments = workload.status?.admission?.podSetAssignments ?? [];
      if (assignments.length > 0 && this.storyOf(owner.name)?.task.gpus)
        attempt.flavor = assignments.map(({ flavors }) => flavors?.[GPU]).find(Boolean);
    }
  }

  private note(attempt: Attempt, workload: Workload, before: Workload | undefined): void {
    const now = this.clock.now();
    attempt.known ??= now;
    const reserved = isTrue(workload, "QuotaReserved");
    if (reserved) attempt.reserved ??= now;
    else if (before && isTrue(before, "QuotaReserved") && attempt.admitted === undefined) {
      attempt.reserved = undefined;
      attempt.requeued += 1;
    }
    if (workload.spec.active !== false) return;
    // The reason follows the decision by a moment.
    const message = conditionOf(workload, "Evicted")?.message ?? "deactivated";
    attempt.rejection = { at: attempt.rejection?.at ?? now, message };
  }

  private seeRequest({ metadata: { namespace, name, ownerReferences = [] } }: ProvisioningRequest): void {
    for (const { name: owner } of ownerReferences)
      for (const { name: pod } of this.workloads.get(`${namespace}/${owner}`)?.metadata.ownerReferences ?? [])
        this.attemptOf(namespace, pod)?.requests.add(name);
  }
}
