import { listAll } from "../google/list-all";
import type { KubernetesClient } from "../google/kubernetes";
import type { Diagnosis } from "./diagnosis";

interface Event {
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
}

const HOUR = 3_600_000;
/** Lines; more than these are seldom causes. */
const MOST = 5;
/** What every pod that waits for its turn or its node causes: the part on tasks says it better. */
const ordinary: readonly (string | undefined)[] = ["FailedScheduling", "Pending"];

interface Group {
  readonly namespace: string;
  readonly reason: string;
  readonly times: number;
  readonly last: Event;
  readonly at: number;
}

/** Warnings of the last hour, one line per namespace and reason, the most frequent first, in the last one's words. */
export async function warnings(kubernetes: KubernetesClient, now: number): Promise<Diagnosis[]> {
  const events = await listAll<Event>(kubernetes, "/api/v1/events", { fieldSelector: "type=Warning" });
  const groups = new Map<string, Group>();
  for (const event of events) {
    const at = Date.parse(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? "");
    if (!(now - at < HOUR) || ordinary.includes(event.reason)) continue;
    const { namespace = "", reason = "" } = { namespace: event.metadata.namespace, reason: event.reason };
    const key = `${namespace}/${reason}`;
    const before = groups.get(key);
    const newer = !before || at >= before.at;
    groups.set(key, {
      namespace,
      reason,
      times: (before?.times ?? 0) + (event.series?.count ?? event.count ?? 1),
      last: newer ? event : before.last,
      at: newer ? at : before.at,
    });
  }
  const most = [...groups.values()].sort((a, b) => b.times - a.times).slice(0, MOST);
  return most.map(({ namespace, reason, times, last }) => ({
    part: "events",
    subject: `${namespace}/${reason}`,
    level: "warning",
    text: `${times} times, last of ${last.involvedObject?.kind ?? ""} ${last.involvedObject?.name ?? ""}: ${oneLine(last.message)}`,
    fix: `kubectl get events --namespace ${namespace} --field-selector reason=${reason}`,
  }));
}

function oneLine(text = ""): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 240 ? `${line.slice(0, 239)}…` : line;
}
