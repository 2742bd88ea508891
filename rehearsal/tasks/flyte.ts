import type { KubeApi } from "../api/client";
import { ApiError } from "../api/errors";
import type { Informer } from "../api/informer";
import { type Pod, conditionOf, keyOf } from "../api/objects";
import type { EnvironmentModel } from "../objects/environment-model";
import type { Clock } from "../objects/time";
import type { PlannedTask } from "../scenarios/plan";
import { type Attempt, type TaskStory, newAttempt } from "../story/task-story";
import { FLYTE_FINALIZER, flytePod } from "./pod";

interface Watched {
  readonly attempt: Attempt;
  readonly ended: () => void;
}

/**
 * Plays Flyte's propeller: makes each task's pod, sees it end, takes off its finalizer, and makes another one when the
 * pod was taken away and system retries are left.
 */
export class Flyte {
  readonly stories = new Map<string, TaskStory>();
  private readonly watched = new Map<string, Watched>();
  private readonly lettingGo = new Set<string>();

  constructor(
    private readonly api: KubeApi,
    private readonly pods: Informer<Pod>,
    private readonly model: EnvironmentModel,
    private readonly clock: Clock,
    private readonly stop: AbortSignal,
  ) {
    pods.on({ changed: (pod) => this.see(pod), removed: (pod) => this.seeGone(pod) });
  }

  /** Resolves when every task that does not hang on purpose has ended, or the scenario is over. */
  async run(tasks: readonly PlannedTask[]): Promise<void> {
    const running = tasks.map((task) => ({ task, ended: this.runTask(task).catch(() => undefined) }));
    await Promise.all(running.filter(({ task }) => !task.hangs).map(({ ended }) => ended));
  }

  private async runTask(task: PlannedTask): Promise<void> {
    const story: TaskStory = { task, attempts: [], outcome: "unfinished", refusals: 0 };
    this.stories.set(task.id, story);
    await this.clock.passMs(task.atMs, this.stop);
    await this.attempts(task, story).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      story.outcome = "failed";
      story.refusal = { at: this.clock.now(), message: error.said };
    });
  }

  private async attempts(task: PlannedTask, story: TaskStory): Promise<void> {
    for (let attempt = 0; attempt <= task.retries; attempt++) {
      const ended = await this.attempt(task, story, attempt);
      if (ended.end === "succeeded") {
        story.outcome = "succeeded";
        return;
      }
      // Propeller sees a lost pod at its next round.
      await this.clock.pass("1m", this.stop);
    }
    story.outcome = "failed";
  }

  private async attempt(task: PlannedTask, story: TaskStory, number: number): Promise<Attempt> {
    const template = this.model.templates.get(`${task.namespace}/${task.template}`);
    if (!template) throw new Error(`no PodTemplate ${task.namespace}/${task.template}`);
    const pod = flytePod(task, number, template, task.runsMs / this.clock.factor);
    const created = await this.create(pod, story);
    const attempt = newAttempt(keyOf(pod), this.clock.now(), (created.spec.schedulingGates ?? []).length > 0);
    story.attempts.push(attempt);
    await new Promise<void>((resolve, reject) => {
      this.watched.set(keyOf(pod), { attempt, ended: resolve });
      this.stop.addEventListener("abort", () => reject(new Error("stopped")), { once: true });
      const already = this.pods.get(keyOf(pod));
      if (already) this.see(already);
    });
    return attempt;
  }

  /** Propeller tries again what a webhook that is away refuses. Any other refusal ends a task without user retries. */
  private async create(pod: Pod, story: TaskStory): Promise<Pod> {
    for (;;) {
      try {
        return await this.api.create(pod);
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) return (await this.fresh(pod)) ?? pod;
        if (error instanceof ApiError && error.status < 500) throw error;
        story.refusals += 1;
        await this.clock.pass("2m", this.stop);
      }
    }
  }

  private see(pod: Pod): void {
    const { phase } = pod.status ?? {};
    const over = phase === "Succeeded" || phase === "Failed";
    if (over) this.end(pod, phase === "Succeeded" ? "succeeded" : "failed", pod.status?.reason);
    else if (pod.metadata.deletionTimestamp) {
      const target = conditionOf(pod, "TerminationTarget") ?? conditionOf(pod, "DisruptionTarget");
      this.end(pod, "taken-away", target?.reason ?? "Deleted");
    }
    if ((over || pod.metadata.deletionTimestamp) && pod.metadata.finalizers?.includes(FLYTE_FINALIZER))
      void this.letGoOnce(pod);
  }

  private seeGone(pod: Pod): void {
    this.end(pod, "taken-away", "Deleted");
    this.watched.delete(keyOf(pod));
  }

  private end(pod: Pod, end: Attempt["end"], reason?: string): void {
    const watched = this.watched.get(keyOf(pod));
    if (!watched || watched.attempt.ended !== undefined) return;
    Object.assign(watched.attempt, { end, ended: this.clock.now(), ...(reason && { reason }) });
    watched.ended();
  }

  private async letGoOnce(pod: Pod): Promise<void> {
    if (this.lettingGo.has(keyOf(pod))) return;
    this.lettingGo.add(keyOf(pod));
    await this.letGo(pod).finally(() => this.lettingGo.delete(keyOf(pod)));
  }

  /** Takes off the finalizer of Flyte alone; a stale list is refused and the next event tries again. */
  private async letGo(pod: Pod): Promise<void> {
    const { finalizers = [], resourceVersion } = pod.metadata;
    const rest = finalizers.filter((finalizer) => finalizer !== FLYTE_FINALIZER);
    try {
      await this.api.patch(pod, { metadata: { resourceVersion, finalizers: rest } });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return;
      await this.clock.pass("2m", this.stop).catch(() => undefined);
      const fresh = this.stop.aborted ? undefined : await this.fresh(pod);
      if (fresh?.metadata.finalizers?.includes(FLYTE_FINALIZER)) await this.letGo(fresh);
    }
  }

  private async fresh({ metadata }: Pod): Promise<Pod | undefined> {
    const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
    const found = await this.api.get<Pod>(path).catch(() => undefined);
    return found && { ...found, apiVersion: "v1", kind: "Pod" };
  }
}
