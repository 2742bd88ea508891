import type { KubeApi } from "../api/client";
import { ApiError } from "../api/errors";
import type { Informer } from "../api/informer";
import { type Pod, type PodTemplate, keyOf } from "../api/objects";
import { objectPath } from "../api/paths";
import type { EnvironmentModel } from "../objects/environment-model";
import type { Clock } from "../objects/time";
import type { PlannedTask } from "../scenarios/plan";
import { type Attempt, type TaskStory, newAttempt } from "../story/task-story";
import { withBucketSidecar } from "./bucket-sidecar";
import { FLYTE_FINALIZER, flytePod } from "./pod";
import { pytorchJob } from "./pytorch-job";
import { type RayPlugin, rayJob } from "./ray-job";
import { endOf, isHeld, type Job, type Work } from "./work";

interface Watched {
  readonly story: TaskStory;
  readonly ended: () => void;
}

/**
 * Plays Flyte's propeller: makes each task's pod, or the job of a task on several nodes, sees it end, takes off its
 * finalizer, and makes another one when it was taken away and retries are left.
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
    /** Where there is an operator for them. */
    private readonly jobs?: Informer<Job>,
    private readonly ray: RayPlugin = {},
  ) {
    for (const of of [pods, jobs])
      of?.on({ changed: (work: Work) => this.see(work), removed: (work: Work) => this.seeGone(work) });
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
    const work = this.workOf(task, number, template);
    const created = await this.create(work, story);
    const attempt = newAttempt(keyOf(work), this.clock.now(), isHeld(created));
    story.attempts.push(attempt);
    await new Promise<void>((resolve, reject) => {
      this.watched.set(keyOf(work), { story, ended: resolve });
      this.stop.addEventListener("abort", () => reject(new Error("stopped")), { once: true });
      const already = (task.nodes > 1 ? this.jobs : this.pods)?.get(keyOf(work));
      if (already) this.see(already);
    });
    // Kueue may have stopped a job and let it go again meanwhile: the last part is how it ended.
    return story.attempts.at(-1) ?? attempt;
  }

  private workOf(task: PlannedTask, number: number, template: PodTemplate): Work {
    const real = (ms: number) => ms / this.clock.factor;
    const { runsMs, failsMs, nodes } = task;
    if (task.ray)
      return rayJob(task, number, template, {
        runsMs: real(runsMs),
        plugin: this.ray,
        factor: this.clock.factor,
      });
    return nodes > 1
      ? pytorchJob(task, number, template, {
          runsMs: real(runsMs),
          ...(failsMs !== undefined && { failsMs: real(failsMs) }),
        })
      : withBucketSidecar(flytePod(task, number, template, real(runsMs)));
  }

  /** Propeller tries again what a webhook that is away refuses. Any other refusal ends a task without user retries. */
  private async create(work: Work, story: TaskStory): Promise<Work> {
    for (;;) {
      try {
        return await this.api.create(work);
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) return (await this.fresh(work)) ?? work;
        if (error instanceof ApiError && error.status < 500) throw error;
        story.refusals += 1;
        await this.clock.pass("2m", this.stop);
      }
    }
  }

  private see(work: Work): void {
    const over = endOf(work);
    const { deletionTimestamp, finalizers } = work.metadata;
    if (over) this.end(work, over);
    if ((over || deletionTimestamp) && finalizers?.includes(FLYTE_FINALIZER)) void this.letGoOnce(work);
  }

  private seeGone(work: Work): void {
    this.end(work, { end: "taken-away", reason: "Deleted" });
    this.watched.delete(keyOf(work));
  }

  private end(work: Work, how: Pick<Attempt, "end" | "reason">): void {
    const watched = this.watched.get(keyOf(work));
    const attempt = watched?.story.attempts.at(-1);
    if (!watched || !attempt || attempt.pod !== keyOf(work) || attempt.ended !== undefined) return;
    Object.assign(attempt, how, { ended: this.clock.now() });
    watched.ended();
  }

  private async letGoOnce(work: Work): Promise<void> {
    if (this.lettingGo.has(keyOf(work))) return;
    this.lettingGo.add(keyOf(work));
    await this.letGo(work).finally(() => this.lettingGo.delete(keyOf(work)));
  }

  /** Takes off the finalizer of Flyte alone; a stale list is refused and the next event tries again. */
  private async letGo(work: Work): Promise<void> {
    const { finalizers = [], resourceVersion } = work.metadata;
    const rest = finalizers.filter((finalizer) => finalizer !== FLYTE_FINALIZER);
    try {
      await this.api.patch(work, { metadata: { resourceVersion, finalizers: rest } });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return;
      await this.clock.pass("2m", this.stop).catch(() => undefined);
      const fresh = this.stop.aborted ? undefined : await this.fresh(work);
      if (fresh?.metadata.finalizers?.includes(FLYTE_FINALIZER)) await this.letGo(fresh);
    }
  }

  private async fresh(work: Work): Promise<Work | undefined> {
    const { apiVersion, kind } = work;
    const found = await this.api.get<Work>(objectPath(work)).catch(() => undefined);
    return found && ({ ...found, apiVersion, kind } as Work);
  }
}
