import type { Context } from "../context";
import { GoogleError } from "../google/client";
import { kubernetesClient } from "../google/kubernetes";
import { clusterOf } from "./deployed";
import { type Diagnosis, examination } from "./diagnosis";
import { inactiveQueues, missingLocalQueues } from "./queues";
import { flyteHealth, provisioningRequests, waitingWorkloads } from "./waiting";

const FLYTE_NAMESPACE = "flyte";

/** What runs in the cluster: queues, tasks, requests for nodes, Flyte. Nothing where there is no cluster to ask. */
export const inside = examination("inside", async (context) => {
  const cluster = await clusterOf(context);
  if (cluster?.status !== "RUNNING" && cluster?.status !== "RECONCILING") return [];
  const kubernetes = kubernetesClient(context, cluster);
  const environment = context.environment();
  const now = context.now();
  const looks: readonly (readonly [part: string, look: () => Promise<Diagnosis[]>])[] = [
    ["queues", () => inactiveQueues(kubernetes)],
    ["queues", () => missingLocalQueues(kubernetes, environment)],
    ["tasks", () => waitingWorkloads(kubernetes, now)],
    ["requests", () => provisioningRequests(kubernetes, now)],
    ["Flyte", () => flyteHealth(kubernetes, FLYTE_NAMESPACE)],
  ];
  const lines: Diagnosis[] = [];
  for (const [part, look] of looks) lines.push(...(await told(part, look, context)));
  return lines;
});

/** One look that fails leaves the others; an API that is not served yet is said once, in its own part. */
async function told(part: string, look: () => Promise<Diagnosis[]>, { name }: Context): Promise<Diagnosis[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    if (error.status === 404)
      return [{ part, subject: "API", level: "later", text: `not served: ${error.message}` }];
    const fix =
      error.status === 0
        ? `is the control plane within reach? npm run platform -- connect ${name}`
        : undefined;
    return [{ part, subject: "asking", level: "unknown", text: error.message, ...(fix && { fix }) }];
  }
}
