import { addOnsOf } from "../../../stacks/add-on-context";
import { FLYTE_NAMESPACE, KUEUE_NAMESPACE } from "../../../stacks/platform/platform-context";
import { commandLine, type Given } from "../command-line";
import { GoogleError } from "../google/client";
import { kubernetesClient } from "../google/kubernetes";
import { aggregatedApis, hangingNamespaces, webhooks } from "./api-server";
import { addOnsIn } from "./add-ons";
import { repeatedNodes } from "./attempts";
import { claimsOf } from "./claims";
import { clusterOf } from "./deployed";
import { deploymentsIn } from "./deployments";
import { type Diagnosis, examination } from "./diagnosis";
import { warnings } from "./events";
import { longExecutions } from "./long-executions";
import { inactiveQueues, missingLocalQueues } from "./queues";
import { provisioningRequests, waitingWorkloads } from "./waiting";

/** What runs in the cluster: its API server's helpers, queues, tasks, requests for nodes, Flyte. Nothing where there is no cluster to ask. */
export const inside = examination("inside", async (context) => {
  const cluster = await clusterOf(context);
  if (cluster?.status !== "RUNNING" && cluster?.status !== "RECONCILING") return [];
  const kubernetes = kubernetesClient(context, cluster);
  const environment = context.environment();
  const now = context.now();
  const looks: readonly (readonly [part: string, look: () => Promise<Diagnosis[]>])[] = [
    ["cluster APIs", () => aggregatedApis(kubernetes, context)],
    ["namespaces", () => hangingNamespaces(kubernetes, now)],
    ["webhooks", () => webhooks(kubernetes)],
    ["queues", () => inactiveQueues(kubernetes)],
    ["queues", () => missingLocalQueues(kubernetes, environment)],
    ["volumes", () => claimsOf(kubernetes, environment)],
    ["tasks", () => waitingWorkloads(kubernetes, now)],
    ["tasks", () => repeatedNodes(kubernetes)],
    ["tasks", () => longExecutions(kubernetes, environment, now)],
    ["requests", () => provisioningRequests(kubernetes, now)],
    ["Kueue", () => deploymentsIn(kubernetes, "Kueue", KUEUE_NAMESPACE)],
    ["Flyte", () => deploymentsIn(kubernetes, "Flyte", FLYTE_NAMESPACE)],
    ["add-ons", () => addOnsIn(kubernetes, addOnsOf(environment).seen, context)],
    ["events", () => warnings(kubernetes, now)],
  ];
  const lines: Diagnosis[] = [];
  for (const [part, look] of looks) lines.push(...(await told(part, look, context)));
  return lines;
});

/** One look that fails leaves the others; an API that is not served yet is said once, in its own part. */
async function told(part: string, look: () => Promise<Diagnosis[]>, given: Given): Promise<Diagnosis[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    if (error.status === 404)
      return [{ part, subject: "API", level: "later", text: `not served: ${error.message}` }];
    const fix =
      error.status === 0
        ? `is the control plane within reach? ${commandLine({ ...given, command: "connect" })}`
        : undefined;
    return [{ part, subject: "asking", level: "unknown", text: error.message, ...(fix && { fix }) }];
  }
}
