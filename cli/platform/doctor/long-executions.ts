import { readingDays } from "../../../constructs/flyte/config/storage";
import type { Environment } from "../../../src/environment/define";
import type { KubernetesClient } from "../google/kubernetes";
import { listAll } from "../google/list-all";
import type { Diagnosis } from "./diagnosis";

const DAY_MS = 86_400_000;

/** Where raw data ends: executions that run for so long that what they read, or wrote at first, may go before their end. */
export async function longExecutions(
  kubernetes: KubernetesClient,
  { storage: { rawDataDays } }: Environment,
  now: number,
): Promise<Diagnosis[]> {
  if (rawDataDays === undefined) return [];
  const executions = await listAll(kubernetes, "/apis/flyte.lyft.com/v1alpha1/flyteworkflows", {
    labelSelector: "termination-status!=terminated",
  });
  return executions.flatMap(({ metadata: { namespace = "", name, creationTimestamp } }): Diagnosis[] => {
    const days = Math.floor((now - Date.parse(creationTimestamp ?? "")) / DAY_MS);
    if (!(days >= readingDays)) return [];
    return [
      {
        part: "tasks",
        subject: `${namespace}/${name}`,
        level: "warning",
        text: `runs for ${days} days: what it found in the cache may expire before it reads it, and what it wrote itself after ${rawDataDays} (storage.rawDataDays)`,
        fix: "have it end, or raise storage.rawDataDays and deploy the data stack",
      },
    ];
  });
}
