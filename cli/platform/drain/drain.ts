import type { Context } from "../context";
import { GoogleError } from "../google/client";
import type { KubernetesClient } from "../google/kubernetes";
import { listAll } from "../google/list-all";
import { kueueIsGone, type Stuck, stuckIn } from "./stuck";
import { KUEUE, type Work, workIn } from "./work";

/** On a held queue: the stopPolicy that it had, for whoever lets it go on after a second or third try. */
const BEFORE = "flyte-on-gke-autopilot/stop-policy-before-drain";

/** Between two looks, in milliseconds. */
const PAUSE = 3_000;

/** How a drain ended; `resume` are the commands that let the queues go on. */
export type Drained =
  | { readonly empty: true }
  | {
      readonly empty: false;
      readonly why: string;
      readonly stuck: readonly Stuck[];
      readonly resume: Resume;
    };

type Resume = readonly string[];

/**
 * Holds every queue and waits until nothing runs in any. Kueue ends what runs; what waits stays gated and is lost with
 * the cluster. What hangs is ended where that can lose nothing.
 *
 * @param limit longest wait, in milliseconds
 */
export async function drain(context: Context, kubernetes: KubernetesClient, limit: number): Promise<Drained> {
  const { now, sleep, stop, output } = context;
  const resume: string[] = [];
  const deadline = now() + limit;
  let stuck: readonly Stuck[] = [];
  const ended = (why: string): Drained => ({ empty: false, why, stuck, resume });
  try {
    const gone = await kueueIsGone(kubernetes);
    if (gone) output.note("Kueue is gone: nothing can be drained, and nothing waits for a drain");
    else await hold(context, kubernetes, resume);
    for (let said = ""; ;) {
      const work = await workIn(kubernetes);
      stuck = await withoutHarmless(context, await stuckIn(kubernetes, work.pods, now()));
      if (stop.aborted) return ended("stopped while the queues were draining");
      if (gone || work.holding === 0) return { empty: true };
      if (now() >= deadline)
        return ended(`still not empty after ${Math.round(limit / 60_000)} min: ${text(work)}`);
      const line = `draining: ${work.holding} still hold a queue, ${minutes(deadline - now())} left`;
      output.draw([line]);
      if (!output.draws && said !== String(work.holding)) output.note(line);
      said = String(work.holding);
      await sleep(PAUSE);
    }
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return ended(`the cluster did not answer while the queues were draining: ${error.message}`);
  }
}

/** Notes before each queue how it was, so that a stop at any moment tells how to go back. */
async function hold({ stop, output }: Context, kubernetes: KubernetesClient, resume: string[]) {
  for (const { metadata, spec } of await listAll(kubernetes, `${KUEUE}/clusterqueues`)) {
    if (stop.aborted) return;
    if (metadata.deletionTimestamp) continue;
    const before = metadata.annotations?.[BEFORE] ?? String(spec?.["stopPolicy"] ?? "None");
    resume.push(letGoOn(metadata.name, before));
    await kubernetes.patch(`${KUEUE}/clusterqueues/${metadata.name}`, {
      metadata: { annotations: { [BEFORE]: before } },
      spec: { stopPolicy: "HoldAndDrain" },
    });
    output.note(`${metadata.name}: held, and drained`);
  }
}

function letGoOn(queue: string, stopPolicy: string): string {
  const patch = { metadata: { annotations: { [BEFORE]: null } }, spec: { stopPolicy } };
  return `kubectl patch clusterqueue ${queue} --type merge --patch '${JSON.stringify(patch)}'`;
}

/** Ends what can be ended without a loss; gives the rest. What ended by itself meanwhile is as good. */
async function withoutHarmless({ output }: Context, stuck: readonly Stuck[]): Promise<readonly Stuck[]> {
  for (const { what, mend } of stuck) {
    if (!mend) continue;
    await mend().catch((error: unknown) => {
      if (!(error instanceof GoogleError && error.status === 404)) throw error;
    });
    output.note(`${what}: ended`);
  }
  return stuck.filter(({ mend }) => !mend);
}

/** One sentence: "research 3 running, 2 waiting; vision 1 running". */
export function text({ teams }: Work): string {
  return teams
    .map(({ team, running, waiting }) => `${team} ${running} running, ${waiting} waiting`)
    .join("; ");
}

function minutes(milliseconds: number): string {
  return `${Math.max(1, Math.ceil(milliseconds / 60_000))} min`;
}
