import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { ControlPlane } from "../../../rehearsal/control-plane/control-plane";
import { Workspace } from "../../../rehearsal/control-plane/workspace";
import { buildTools } from "../../../rehearsal/tools/build";

/** Without Go, or elsewhere than on Linux, there is none: a test says what it does not try, and skips. */
export const hasGo = process.platform === "linux" && spawnSync("go", ["version"]).status === 0;

/** A control plane with the rehearsal's own programs, built where they are not there yet. Whoever starts it closes it. */
export async function startApiServer(): Promise<{ plane: ControlPlane; close: () => Promise<void> }> {
  const cacheHome = process.env["XDG_CACHE_HOME"] ?? resolve(homedir(), ".cache");
  const cache = resolve(cacheHome, "flyte-on-gke-autopilot", "rehearsal");
  const tools = await buildTools({ env: process.env, cache }, console.log);
  const workspace = new Workspace(tools);
  const plane = await ControlPlane.start(workspace, tools);
  const close = async () => {
    plane.api.close();
    await workspace.close();
  };
  return { plane, close };
}
