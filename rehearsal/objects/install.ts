import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubeApi } from "../api/client";
import type { KubeObject } from "../api/objects";
import { isTrue } from "../api/objects";
import { collections } from "../api/paths";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Tools } from "../tools/build";
import { runChild } from "../tools/child";
import type { ClusterQueue } from "./queues";
import type { ManifestRelease, Synthesised } from "./synthesised";

/** Installs the queues with the real Helm, as a deploy does, and then the tenants' objects. */
export async function installObjects(
  plane: ControlPlane,
  tools: Tools,
  synthesised: Synthesised,
): Promise<void> {
  await helmInstall(plane, tools, synthesised.queues);
  const { api } = plane;
  for (const { manifests } of synthesised.tenants)
    for (const manifest of manifests) await api.create<KubeObject>(manifest);
  await serviceAccounts(api, synthesised);
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

async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await check()) return;
    await sleep(100);
  }
  throw new Error(`still waiting for ${what} after 20 s`);
}

/** Installs or upgrades a release of objects; fails with Helm's own words, e.g. a webhook's refusal. */
export async function helmInstall(
  plane: ControlPlane,
  tools: Tools,
  release: ManifestRelease,
): Promise<void> {
  const { workspace, credentials } = plane;
  const values = join(workspace.folder, `${release.name}.values.json`);
  writeFileSync(values, JSON.stringify({ manifests: release.manifests }));
  const helm = workspace.makeFolder("helm");
  const args = [
    "upgrade",
    release.name,
    release.chart,
    "--install",
    "--atomic",
    "--wait",
    "--timeout",
    "60s",
  ];
  const more = ["--namespace", release.namespace, "--values", values, "--history-max", "10"];
  const env = {
    HOME: helm,
    KUBECONFIG: credentials.kubeconfig.admin,
    HELM_CACHE_HOME: helm,
    HELM_CONFIG_HOME: helm,
    HELM_DATA_HOME: helm,
  };
  const { code, stderr } = await runChild(tools.programs.helm, [...args, ...more], env, tools.programs.guard);
  if (code !== 0) throw new Error(`helm could not install ${release.name}:\n${stderr.trim()}`);
}
