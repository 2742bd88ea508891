import { join } from "node:path";
import { readStack } from "../../support/synthesised";
import type { Context } from "../context";
import { type ClusterName, clusterNamed } from "../doctor/deployed";
import { GoogleError } from "../google/client";
import { type KubernetesClient, kubernetesClient } from "../google/kubernetes";
import type { Stack } from "../workspace";

/** The way into the cluster that the stacks describe. Nothing where there is none, or none yet. */
export async function clusterIn(
  context: Context,
  stacks: readonly Stack[],
): Promise<KubernetesClient | undefined> {
  const [named] = stacks.flatMap(({ folder }) => clustersOf(folder));
  const cluster = named && (await clusterNamed(context, named));
  if (cluster?.status !== "RUNNING" && cluster?.status !== "RECONCILING") return undefined;
  return kubernetesClient(context, cluster);
}

function clustersOf(folder: string): readonly ClusterName[] {
  const { resource = {} } = readStack(join(folder, "cdk.tf.json"));
  return Object.values(resource["google_container_cluster"] ?? {}) as readonly ClusterName[];
}

/** What a look into the cluster gives; nothing, and a note, where it can't be asked: a destroy must work all the same. */
export async function unlessUnreachable<T>(
  { output }: Context,
  look: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    output.note(`the cluster can't be asked what runs in it, so nothing is waited for: ${error.message}`);
    return undefined;
  }
}
