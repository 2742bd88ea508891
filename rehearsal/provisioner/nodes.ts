import { setTimeout as sleep } from "node:timers/promises";
import type { KubeApi, List } from "../api/client";
import { ignoring } from "../api/errors";
import type { Informer } from "../api/informer";
import type { Node, Pod, Taint } from "../api/objects";
import { GPU } from "../objects/environment-model";
import type { Clock } from "../objects/time";
import { fakeNode } from "./fake-node";
import type { Pool } from "./pool";

/** Nodes that nothing uses go after this long, as Autopilot's do. */
const IDLE_MS = 10 * 60_000;

/**
 * A pod has this long, really, to reach its new node: Kueue and the scheduler do not run any faster, and an API server
 * that restarts on a busy machine keeps them waiting.
 */
const FIRST_USE_REAL_MS = 20_000;

/** The scheduler may just be sending a pod to a node that is closed. */
const LAST_MOMENT_MS = 300;

/** How long Google waits for a pod to come to what was made for it: ten minutes, or what the rehearsal needs. */
export function bookingMs(clock: Clock): number {
  return Math.max(IDLE_MS, FIRST_USE_REAL_MS * clock.factor);
}

/** A GPU node's life, for the report. Times as in the stories. */
export interface NodeStory {
  readonly name: string;
  readonly flavor: string;
  readonly namespace: string;
  readonly gpus: number;
  readonly created: number;
  removed?: number;
}

interface Alive {
  readonly story: NodeStory;
  readonly node: Node;
  readonly pool: Pool;
  idleSince: number;
  used: boolean;
  readonly endsAt: number | undefined;
}

export interface NewNode {
  readonly name: string;
  readonly pool: Pool;
  /** Of the pod that it is made for. */
  readonly namespace: string;
  readonly gpus: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** Makes GPU nodes, and takes them away when they are idle, revoked or preempted. */
export class Nodes {
  readonly stories: NodeStory[] = [];
  private readonly alive = new Map<string, Alive>();

  constructor(
    private readonly api: KubeApi,
    private readonly pods: Informer<Pod>,
    private readonly clock: Clock,
  ) {}

  async make({ name, pool, namespace, gpus, labels, taints }: NewNode): Promise<void> {
    const gpuTaint = { key: GPU, value: "present", effect: "NoSchedule" };
    const node = fakeNode(name, labels, [gpuTaint, ...taints], {
      [GPU]: String(gpus),
      cpu: "1k",
      memory: "16Ti",
    });
    const now = this.clock.now();
    const story: NodeStory = { name, flavor: pool.flavor, namespace, gpus, created: now };
    const life = pool.nodeLife(name);
    this.stories.push(story);
    await this.api.create(node).catch(ignoring(409));
    this.alive.set(name, {
      story,
      node,
      pool,
      idleSince: this.clock.now(),
      used: false,
      endsAt: life === undefined ? undefined : now + life,
    });
  }

  /** To be called every so often. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const busy = new Set(
      this.pods
        .all()
        .filter(isUnfinished)
        .map(({ spec }) => spec.nodeName),
    );
    const ends = [...this.alive].map(([name, each]) => {
      if (busy.has(name)) Object.assign(each, { idleSince: now, used: true });
      const patience = each.used ? IDLE_MS : bookingMs(this.clock);
      if (each.endsAt !== undefined && now >= each.endsAt) return this.takeAway(name, "Preempted");
      return now - each.idleSince >= patience ? this.retire(each) : undefined;
    });
    await Promise.all(ends);
  }

  /** Closes an idle node, and lets it go when no pod came in the last moment. */
  private async retire(each: Alive): Promise<void> {
    const { name } = each.node.metadata;
    await this.api.patch(each.node, { spec: { unschedulable: true } });
    await sleep(LAST_MOMENT_MS);
    const unfinished = await this.unfinishedOn(name);
    if (unfinished.length === 0) return this.takeAway(name, "Idle", each.idleSince + IDLE_MS);
    each.idleSince = this.clock.now();
    await this.api.patch(each.node, { spec: { unschedulable: false } });
  }

  /** The node goes; pods on it see the shutdown that Google announces. */
  async takeAway(name: string, reason: string, at = this.clock.now()): Promise<void> {
    const gone = this.alive.get(name);
    if (!gone) return;
    this.alive.delete(name);
    gone.story.removed = at;
    gone.pool.release(gone.story.gpus);
    await this.api.remove(gone.node);
    // Whom the scheduler sent there in the last moment is there too.
    await sleep(LAST_MOMENT_MS);
    const status = {
      phase: "Failed",
      reason,
      message: "Pod was terminated in response to imminent node shutdown.",
    };
    const unfinished = await this.unfinishedOn(name);
    await Promise.allSettled(unfinished.map((pod) => this.api.patch(pod, { status }, "status")));
  }

  private async unfinishedOn(node: string): Promise<Pod[]> {
    const { items } = await this.api.get<List<Pod>>(`/api/v1/pods?fieldSelector=spec.nodeName%3D${node}`);
    return items.filter(isUnfinished).map((pod) => ({ ...pod, apiVersion: "v1", kind: "Pod" }));
  }

  /** What stands at the end stands for the report until the end. */
  close(): void {
    for (const { story } of this.alive.values()) story.removed = this.clock.now();
    this.alive.clear();
  }
}

function isUnfinished({ status }: Pod): boolean {
  return status?.phase !== "Succeeded" && status?.phase !== "Failed";
}
