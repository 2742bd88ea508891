import type { KubeApi } from "../api/client";
import type { KubeObject } from "../api/objects";
import { isTrue } from "../api/objects";
import { collections } from "../api/paths";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Tools } from "../tools/build";
import { eventually } from "./eventually";
import { helmInstall } from "./helm";
import { installPolicies } from "./policies";
import type { ClusterQueue } from "./queues";
import type { Synthesised } from "./synthesised";

/** Installs what a deploy does, in its order: tenants, policies, queues. Releases with the real Helm. */
export async function installObjects(
  plane: ControlPlane,
  tools: Tools,
  synthesised: Synthesised,
): Promise<void> {
  const { api } = plane;
  for (const { manifests } of synthesised.tenants)
    for (const manifest of manifests) await api.create<KubeObject>(manifest);
  await serviceAccounts(api, synthesised);
  await installPolicies(plane, tools, synthesised);
  await helmInstall(plane, tools, synthesised.queues);
  await queuesActive(api);
}

/** Pods are refused until their namespace's default account is there. */
async function serviceAccounts(api: KubeApi, { tenants }: Synthesised): Promise<void> {
  const namespaces = tenants.flatMap(({ manifests }) =>
    manifests.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name),
  );
  const made = (name: string) => api.ok(`/api/v1/namespaces/${name}/serviceaccounts/default`);
  await eventually("the service accounts of the namespaces", async () =>
    (await Promise.all(namespaces.map(made))).every(Boolean),
  );
}

/** A queue that is not active admits nothing: better said at the start than seen as tasks that wait. */
async function queuesActive(api: KubeApi): Promise<void> {
  await eventually("every ClusterQueue active", async () => {
    const { items } = await api.list<ClusterQueue & { status?: object }>(collections.clusterQueues);
    return items.every((queue) => isTrue(queue, "Active") || queue.spec["stopPolicy"] !== "None");
  });
}
