import { execute } from "../support/process";

/** Installs what a folder's `package.json` says, and has its lock file follow. Gives what went wrong, if anything. */
export async function install(folder: string): Promise<string | undefined> {
  for (const more of [[], ["--package-lock-only"]]) {
    // A lock file of this repository names no registry, whatever npm is told here: a fork may have another one.
    const quiet = ["--no-audit", "--no-fund", "--omit-lockfile-registry-resolved"];
    const { code, stderr } = await execute("npm", ["install", "--prefix", folder, ...quiet, ...more]);
    if (code !== 0) return `it cannot be installed:\n${stderr.trim()}`;
    // npm counts who needs what for development only a change late: the second time puts that right.
  }
  return undefined;
}
