import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../api/objects";
import type { ManifestRelease } from "../objects/synthesised";
import type { Tools } from "../tools/build";
import { type ControlPlane, answers } from "./control-plane";
import { CRDS, established } from "./crds";
import { playDashboards, watchSubmitters } from "./ray-dashboard";

/** The kinds that the chart brings, and the operator's rights: what is there before Kueue. */
export async function installRay(
  { api }: ControlPlane,
  { sources }: Tools,
  releases: readonly ManifestRelease[],
): Promise<void> {
  if (!sources.ray) throw new Error("the sources of Ray's operator are not there");
  const folder = join(sources.ray, "config/crd/bases");
  const made = await Promise.all(
    readdirSync(folder).map((file) => api.createYaml(CRDS, readFileSync(join(folder, file), "utf8"))),
  );
  await established(
    api,
    made.map(({ metadata }) => metadata.name),
  );
  const rights = (manifest: Manifest) => manifest.kind === "ClusterRole";
  for (const manifest of releases.flatMap(({ manifests }) => manifests.filter(rights)))
    await api.create(manifest);
}

/** The real operator, with the values of its chart; it reaches the heads of clusters through a proxy that plays them. */
export async function startRayOperator(
  { api, workspace, ports, credentials }: ControlPlane,
  tools: Tools,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!tools.operators.ray) throw new Error("Ray's operator is not built");
  const jobs = await watchSubmitters(api);
  const dashboards = await playDashboards(jobs, ports.rayDashboards);
  workspace.atClose(() => {
    dashboards.close();
    dashboards.closeAllConnections();
    void jobs.stop();
  });
  const operator = workspace.start(
    "ray-operator",
    tools.operators.ray,
    operatorFlags(values, ports.rayHealth),
    {
      env: {
        KUBECONFIG: credentials.kubeconfig.ray,
        HTTP_PROXY: `http://127.0.0.1:${ports.rayDashboards}`,
      },
    },
  );
  await operator.ready(() => answers(ports.rayHealth, "/readyz"), 60_000);
}

/** As the chart writes them, at ports of this machine. */
export function operatorFlags(values: Readonly<Record<string, unknown>>, health: number): string[] {
  const { watchNamespace = [], leaderElectionEnabled = true } = values as {
    readonly watchNamespace?: readonly string[];
    readonly leaderElectionEnabled?: boolean;
  };
  return [
    `--watch-namespace=${watchNamespace.join(",")}`,
    `--enable-leader-election=${leaderElectionEnabled}`,
    `--health-probe-bind-address=127.0.0.1:${health}`,
    "--metrics-addr=0",
  ];
}
