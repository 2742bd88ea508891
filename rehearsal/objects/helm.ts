import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Tools } from "../tools/build";
import { runChild } from "../tools/child";
import type { ManifestRelease } from "./synthesised";

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
