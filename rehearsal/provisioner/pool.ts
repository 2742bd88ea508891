import { type Clock, milliseconds } from "../objects/time";
import type { CapacityModel, RequestFault } from "../scenarios/scenario";
import { drawLife, drawWait } from "./random";

/** How often a waiting request looks again. */
const LOOK_MS = 60_000;

/** What Google has of a flavor, and who waits for it, first come, first served. */
export class Pool {
  private used = 0;
  private asked = 0;
  private readonly faulted = new Map<string, number>();
  private readonly waiting: symbol[] = [];

  constructor(
    readonly flavor: string,
    private readonly model: CapacityModel,
    private readonly clock: Clock,
    private readonly seed: string,
  ) {}

  /** The number of the next request, from 1: what its draws go by. */
  next(): number {
    return ++this.asked;
  }

  /** What the next request of a task of this group gets instead of nodes. */
  fault(group: string, task: string): RequestFault | undefined {
    const before = this.faulted.get(task) ?? 0;
    this.faulted.set(task, before + 1);
    return this.model.faults?.[group]?.[before];
  }

  /** Waits for the nodes' time to come and for room, then takes the room. */
  async acquire(gpus: number, request: number, stop: AbortSignal): Promise<void> {
    const place = Symbol();
    this.waiting.push(place);
    try {
      const { delay } = this.model;
      if (delay) {
        const [median, p95] = [milliseconds(delay.median), milliseconds(delay.p95)];
        await this.clock.passMs(drawWait(median, p95, this.seed, this.flavor, request), stop);
      }
      while (!this.hasRoom(gpus, place)) await this.clock.passMs(LOOK_MS, stop);
      this.used += gpus;
    } finally {
      this.waiting.splice(this.waiting.indexOf(place), 1);
    }
  }

  release(gpus: number): void {
    this.used -= gpus;
  }

  /** How long Google leaves a node, in the environment's time; undefined for as long as it is used. */
  nodeLife(node: string): number | undefined {
    const { preemptedEvery } = this.model;
    return preemptedEvery === undefined
      ? undefined
      : drawLife(milliseconds(preemptedEvery), this.seed, this.flavor, node);
  }

  private hasRoom(gpus: number, place: symbol): boolean {
    const { gpus: total = Infinity, stockOuts = [] } = this.model;
    const now = this.clock.now();
    if (stockOuts.some(({ from, to }) => now >= milliseconds(from) && now < milliseconds(to))) return false;
    return this.used + gpus <= total && (total === Infinity || this.waiting[0] === place);
  }
}
