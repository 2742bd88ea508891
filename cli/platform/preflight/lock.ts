import type { GoogleClient } from "../google/client";
import { GoogleError } from "../google/client";
import type { Stack } from "../workspace";
import { commandLine, type Given } from "../command-line";
import type { Context } from "../context";
import { type Finding, found, refused } from "./finding";

/** Who holds a state. Terraform's lock file, and the generation that is its ID. */
export interface Lock {
  readonly id: string;
  readonly who: string;
  readonly operation: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

const MINUTE = 60_000;
const POLL = 5_000;

/** What a lock is found by; bootstrap's state has one too. */
type Locked = Pick<Stack, "name" | "state">;

const objectPath = ({ state }: Locked) =>
  `b/${state.bucket}/o/${encodeURIComponent(`${state.prefix.replace(/\/$/, "")}/default.tflock`)}`;

/** The lock on a stack's state; undefined when it is free. */
export async function readLock(google: GoogleClient, stack: Locked): Promise<Lock | undefined> {
  try {
    const path = objectPath(stack);
    const { generation } = await google.request<{ generation: string }>({ product: "storage", path });
    const info = await google.request<{ Who?: string; Operation?: string; Created?: string }>({
      product: "storage",
      path,
      query: { alt: "media", generation },
    });
    return {
      id: generation,
      who: info.Who ?? "somebody",
      operation: info.Operation?.replace("OperationType", "").toLowerCase() ?? "unknown work",
      since: Date.parse(info.Created ?? ""),
    };
  } catch (error) {
    // Also: it was given back between the two questions.
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

/** Breaks exactly the lock with this ID: a newer one has another ID and stays. */
export async function breakLock(google: GoogleClient, stack: Locked, id: string): Promise<void> {
  await google.request({
    product: "storage",
    method: "DELETE",
    path: objectPath(stack),
    query: { ifGenerationMatch: id },
  });
}

/** Nobody else works on the stack; or the lock of `--unlock` was broken. */
export async function checkLock(context: Context, stack: Locked): Promise<Finding> {
  const subject = `lock of ${stack.name}`;
  try {
    const lock = await lockAfterWaiting(context, stack);
    if (!lock) return found(subject, "free");
    if (context.options.list("unlock").includes(lock.id)) {
      await breakLock(context.google, stack, lock.id);
      return found(subject, `${lock.id} of ${lock.who} was broken, as asked`);
    }
    return refused(subject, `is ${heldBy(lock, context.now())}`, unlockFix(lock, context));
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return refused(subject, error.message, "look at the state bucket's finding");
  }
}

/** The lock that is still there when `--lock-wait` is over. */
async function lockAfterWaiting(context: Context, stack: Locked): Promise<Lock | undefined> {
  const { google, limits, now, sleep, stop, options } = context;
  const deadline = now() + limits.lock;
  for (;;) {
    const lock = await readLock(google, stack);
    const broken = lock !== undefined && options.list("unlock").includes(lock.id);
    if (!lock || broken || stop.aborted || now() + POLL > deadline) return lock;
    await sleep(POLL);
  }
}

export function heldBy(lock: Lock, now: number): string {
  return `held by ${lock.who} (${lock.operation}) since ${age(now - lock.since)}`;
}

/** For the command that found the lock: every one that looks for locks takes `--unlock`. */
export function unlockFix({ id }: Lock, given: Given): string {
  return `wait until that run ends; if it is gone for good: ${commandLine(given, "--unlock", id)}`;
}

function age(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return "an unknown time";
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  if (minutes < 1) return `${Math.max(0, Math.round(milliseconds / 1000))} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
