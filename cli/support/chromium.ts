import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { execute } from "./process";

const names = () => [process.env["CHROMIUM"] ?? "chromium", "chromium-browser", "google-chrome"];

/** The first that is there: CHROMIUM, or one on the PATH. */
export async function findChromium(): Promise<string | undefined> {
  for (const name of names()) if ((await execute(name, ["--version"])).code === 0) return name;
  return undefined;
}

/** What Chromium says about a page, without a window, without a network of its own. */
export async function inChromium(
  program: string,
  workspace: string,
  options: readonly string[],
  url: string,
): Promise<string> {
  const profile = mkdtempSync(join(workspace, "profile-"));
  const quiet = ["quic", "background-networking", "component-update", "sync", "gpu"].map(
    (each) => `--disable-${each}`,
  );
  const fixed = ["--headless", "--no-sandbox", "--no-first-run", "--hide-scrollbars"];
  const args = [...fixed, ...quiet, `--user-data-dir=${profile}`, ...options, url];
  const { code, stdout, stderr } = await execute(program, args);
  if (code !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return stdout;
}
