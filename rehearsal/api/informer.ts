import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubeApi } from "./client";
import { type KubeObject, keyOf } from "./objects";
import { type Collection, collectionPath } from "./paths";

export interface Changes<T> {
  /** Created or changed; `before` is missing for a new one. */
  readonly changed: (object: T, before: T | undefined) => void;
  readonly removed?: (object: T) => void;
}

interface WatchEvent<T> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: T;
}

/**
 * The objects of a kind as they are now, and what changes. Outlives restarts of the API server: after a broken watch
 * it lists again, and tells what it missed.
 */
export class Informer<T extends KubeObject> {
  private readonly objects = new Map<string, T>();
  private readonly listeners: Changes<T>[] = [];
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly api: KubeApi,
    private readonly collection: Collection,
  ) {}

  on(changes: Changes<T>): this {
    this.listeners.push(changes);
    for (const object of this.objects.values()) changes.changed(object, undefined);
    return this;
  }

  get(key: string): T | undefined {
    return this.objects.get(key);
  }

  all(): T[] {
    return [...this.objects.values()];
  }

  /** Resolves when the first list is in. */
  async start(): Promise<this> {
    const version = await this.relist();
    this.running = this.follow(version);
    return this;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async relist(): Promise<string> {
    const list = await this.api.list<T>(this.collection);
    const { apiVersion, kind } = this.collection;
    const seen = new Set<string>();
    for (const item of list.items) {
      const object = { ...item, apiVersion, kind };
      seen.add(keyOf(object));
      if (this.objects.get(keyOf(object))?.metadata.resourceVersion !== object.metadata.resourceVersion)
        this.put(object);
    }
    for (const [key, object] of this.objects) if (!seen.has(key)) this.drop(object);
    return list.metadata.resourceVersion;
  }

  private async follow(first: string): Promise<void> {
    const { signal } = this.stopping;
    let version: string | undefined = first;
    while (!signal.aborted) {
      try {
        version ??= await this.relist();
        await this.watch(version);
      } catch {
        // The server is away or has forgotten the version: list again.
      }
      version = undefined;
      await sleep(200, undefined, { signal }).catch(() => undefined);
    }
  }

  private async watch(version: string): Promise<void> {
    const path = `${collectionPath(this.collection)}?watch=1&resourceVersion=${version}&timeoutSeconds=300`;
    const response = await this.api.stream(path, this.stopping.signal);
    for await (const line of createInterface({ input: response })) {
      const { type, object } = JSON.parse(line) as WatchEvent<T>;
      if (type === "ERROR") return;
      if (type === "DELETED") this.drop(object);
      else if (type !== "BOOKMARK") this.put(object);
    }
  }

  private put(object: T): void {
    const before = this.objects.get(keyOf(object));
    this.objects.set(keyOf(object), object);
    for (const { changed } of this.listeners) changed(object, before);
  }

  private drop(object: T): void {
    this.objects.delete(keyOf(object));
    for (const { removed } of this.listeners) removed?.(object);
  }
}
