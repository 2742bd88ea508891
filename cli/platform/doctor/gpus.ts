import { gpuOf } from "../../../constructs/kueue/gpus";
import type { NeededQuota } from "../../report/quotas";
import { neededQuotas } from "../../report/quotas";
import type { Context } from "../context";
import { GoogleError } from "../google/client";
import { apiOff, type Diagnosis, examination } from "./diagnosis";

interface Quota {
  readonly metric?: string;
  readonly limit?: number;
  readonly usage?: number;
}

/** Waiting and running provisioning requests: Service Usage knows this quota, Compute Engine's own list does not. */
const RESIZE_REQUESTS = "active_resize_requests";

/** Whether the region has the GPUs at all, and whether Google lets the project use as many as the queues hold. */

export const quotas = examination("quotas", async (context) => {
  const { environment } = context;
  const { project } = environment();
  const needed = neededQuotas(environment());
  const listed = await listedQuotas(context);
  const found = await Promise.all(
    needed.map(async (need) => ({
      need,
      quota:
        listed && need.metric !== RESIZE_REQUESTS
          ? listed.find(({ metric }) => metric === need.metric)
          : await metricQuota(context, need.metric),
    })),
  );
  const unseen = listed ? [] : found.filter(({ quota }) => !quota).map(({ need }) => need);
  return [
    ...found
      .filter(({ need }) => !unseen.includes(need))
      .map(({ need, quota }) => judged(need, quota, project)),
    ...(unseen.length > 0 ? [unseenQuotas(unseen, project)] : []),
  ];
});

/** Compute Engine's own list. Nothing while its API is off. */
async function listedQuotas({ google, environment }: Context): Promise<readonly Quota[] | undefined> {
  const { project, region } = environment();
  const ask = (path: string) => google.request<{ quotas?: Quota[] }>({ product: "compute", path });
  try {
    const regional = await ask(`projects/${project}/regions/${region}`);
    const global = await ask(`projects/${project}`);
    return [...(regional.quotas ?? []), ...(global.quotas ?? [])];
  } catch (error) {
    if (error instanceof GoogleError && apiOff(error)) return undefined;
    throw error;
  }
}

/** Before the first deploy is when they matter: more of a GPU takes Google days, and a new project has few of anything. */
function unseenQuotas(unseen: readonly NeededQuota[], project: string): Diagnosis {
  return {
    part: "quotas",
    subject: "Compute Engine",
    level: "warning",
    text: `can't be seen while the Compute Engine API is off; needed: ${unseen.map(({ metric, needed }) => `${needed} ${metric}`).join(", ")}`,
    fix: `see them before the first deploy: gcloud services enable compute.googleapis.com --project ${project}, then run this again`,
  };
}

function judged(
  { metric, needed, reason }: NeededQuota,
  quota: Quota | undefined,
  project: string,
): Diagnosis {
  const line = { part: "quotas", subject: metric };
  const where = `https://console.cloud.google.com/iam-admin/quotas?project=${project}`;
  if (quota?.limit === undefined)
    return {
      ...line,
      level: "unknown",
      text: `not among the region's quotas; ${needed} needed (${reason})`,
      fix: `look for it, or for "GPUs per GPU family", at ${where}`,
    };
  const { limit, usage = 0 } = quota;
  if (limit >= needed) return { ...line, level: "ok", text: `${limit}, ${usage} in use, ${needed} needed` };
  return {
    ...line,
    level: limit === 0 ? "problem" : "warning",
    text: `${limit} of ${needed} needed (${reason}): ${limit === 0 ? "none can start" : "the others wait"}`,
    fix: `ask for ${needed} at ${where}`,
  };
}

/** A quota as Service Usage knows it, whether the service is on or not. */
async function metricQuota({ google, environment }: Context, metric: string): Promise<Quota | undefined> {
  const { project, region } = environment();
  try {
    const { consumerQuotaLimits = [] } = await google.request<{
      consumerQuotaLimits?: readonly {
        quotaBuckets?: readonly { effectiveLimit?: string; dimensions?: { region?: string } }[];
      }[];
    }>({
      product: "serviceUsageBeta",
      path: `projects/${project}/services/compute.googleapis.com/consumerQuotaMetrics/compute.googleapis.com%2F${metric.toLowerCase()}`,
    });
    const buckets = consumerQuotaLimits.flatMap(({ quotaBuckets = [] }) => quotaBuckets);
    const bucket =
      buckets.find(({ dimensions }) => dimensions?.region === region) ??
      buckets.find(({ dimensions }) => !dimensions);
    return bucket?.effectiveLimit === undefined ? undefined : { limit: Number(bucket.effectiveLimit) };
  } catch (error) {
    if (error instanceof GoogleError && (error.status === 404 || apiOff(error))) return undefined;
    throw error;
  }
}

export const offers = examination("region", async ({ google, environment }) => {
  const { project, region, queues } = environment();
  const gpus = [...new Set(Object.values(queues.flavors).map(({ gpu }) => gpu))];
  const lines: Diagnosis[] = [];
  for (const gpu of gpus) {
    const accelerator = gpuOf(gpu)?.accelerator;
    if (accelerator === undefined) continue;
    const { items = {} } = await google.request<{
      items?: Record<string, { acceleratorTypes?: readonly { name?: string }[] }>;
    }>({
      product: "compute",
      path: `projects/${project}/aggregated/acceleratorTypes`,
      query: { filter: `name = "${accelerator}"` },
    });
    const zones = Object.entries(items)
      .filter(([, { acceleratorTypes = [] }]) => acceleratorTypes.some(({ name }) => name === accelerator))
      .map(([zone]) => zone.replace("zones/", ""));
    const here = zones.filter((zone) => zone.startsWith(`${region}-`)).sort();
    const elsewhere = [...new Set(zones.map((zone) => zone.replace(/-[a-z]$/, "")))].sort();
    lines.push(
      here.length > 0
        ? { part: "region", subject: gpu, level: "ok", text: `in ${here.join(", ")}` }
        : {
            part: "region",
            subject: gpu,
            level: "problem",
            text: `${region} has none`,
            fix: `choose another GPU for its flavors, or a region that has it: ${elsewhere.join(", ") || "none is listed"}`,
          },
    );
  }
  return lines;
});
