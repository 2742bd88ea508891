import { namesFor } from "../../../src/environment/names";
import type { Context } from "../context";
import { GoogleError, type GoogleRequest } from "../google/client";
import { apiOff, type Diagnosis, examination } from "./diagnosis";

/** A cluster as Google describes it, as far as the doctor and its way into it go. */
export interface Cluster {
  readonly status?: string;
  readonly statusMessage?: string;
  readonly currentMasterVersion?: string;
  readonly conditions?: readonly { canonicalCode?: string; message?: string }[];
  readonly endpoint?: string;
  readonly masterAuth?: { readonly clusterCaCertificate?: string };
  readonly controlPlaneEndpointsConfig?: { readonly dnsEndpointConfig?: { readonly endpoint?: string } };
}

/** The state of what the stacks made. Nothing there yet is no problem. */

export const database = examination("database", async (context) => {
  const { project } = context.environment();
  const { database: name } = namesFor(context.environment());
  const instance = await found<{
    state?: string;
    databaseVersion?: string;
    settings?: { activationPolicy?: string };
  }>(context, { product: "sql", path: `projects/${project}/instances/${name}` });
  if (!instance) return [{ part: "database", subject: name, level: "later", text: "not deployed" }];
  const { state = "UNKNOWN", databaseVersion = "", settings } = instance;
  if (settings?.activationPolicy === "NEVER")
    return [
      {
        part: "database",
        subject: name,
        level: "problem",
        text: "stopped",
        fix: `gcloud sql instances patch ${name} --activation-policy ALWAYS --project ${project}`,
      },
    ];
  if (state === "RUNNABLE")
    return [{ part: "database", subject: name, level: "ok", text: `runs, ${databaseVersion}` }];
  return [
    {
      part: "database",
      subject: name,
      level: state === "MAINTENANCE" || state === "PENDING_CREATE" ? "warning" : "problem",
      text: `is ${state}`,
      fix: `gcloud sql operations list --instance ${name} --project ${project} --limit 5`,
    },
  ];
});

export const cluster = examination("cluster", async (context) => {
  const { cluster: name } = namesFor(context.environment());
  const it = await clusterOf(context);
  if (!it) return [{ part: "cluster", subject: name, level: "later", text: "not deployed" }];
  const { status = "UNKNOWN", statusMessage, currentMasterVersion = "", conditions = [] } = it;
  const lines: Diagnosis[] = conditions.map(({ canonicalCode = "", message = "" }) => ({
    part: "cluster",
    subject: name,
    level: "warning",
    text: `${canonicalCode} ${message}`.trim(),
  }));
  if (status === "RUNNING")
    return [
      { part: "cluster", subject: name, level: "ok", text: `runs, GKE ${currentMasterVersion}` },
      ...lines,
    ];
  const busy = status === "PROVISIONING" || status === "RECONCILING";
  return [
    {
      part: "cluster",
      subject: name,
      level: busy ? "warning" : "problem",
      text: [`is ${status}`, statusMessage].filter(Boolean).join(": "),
      ...(busy ? {} : { fix: "docs/operations.md: a cluster whose creation failed" }),
    },
    ...lines,
  ];
});

/** The environment's cluster, or nothing when there is none. */
export async function clusterOf(context: Context): Promise<Cluster | undefined> {
  const { project, region: location } = context.environment();
  return clusterNamed(context, { project, location, name: namesFor(context.environment()).cluster });
}

/** Where a cluster is. */
export interface ClusterName {
  readonly project: string;
  readonly location: string;
  readonly name: string;
}

export async function clusterNamed(
  context: Context,
  { project, location, name }: ClusterName,
): Promise<Cluster | undefined> {
  return found<Cluster>(context, {
    product: "container",
    path: `projects/${project}/locations/${location}/clusters/${name}`,
  });
}

/** What Google has at an address, or nothing. */
export async function found<T>({ google }: Context, request: GoogleRequest): Promise<T | undefined> {
  try {
    return await google.request<T>(request);
  } catch (error) {
    // An API that is off answers 403 for everything: the APIs' own line says so.
    if (error instanceof GoogleError && (error.status === 404 || apiOff(error))) return undefined;
    throw error;
  }
}
