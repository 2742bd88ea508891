import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "../../cli/support/process";
import { runChild } from "./child";

const LEAST = { major: 1, minor: 26 };

/** Go is missing or too old, or a build failed: nothing can be rehearsed here. */
export class ToolsUnavailable extends Error {}

/** How Go is run. */
export interface Go {
  /** The caller's environment: where Go's caches are, and how its module proxy is reached. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The tools' cache; Go's temporary files are there too, so that an interrupted build leaves none elsewhere. */
  readonly cache: string;
  /** Once it is built. */
  readonly guard?: string;
}

// The pins and sums in the repository decide, not the machine's Go settings.
const settings = {
  GOFLAGS: "-mod=readonly -trimpath -buildvcs=false",
  CGO_ENABLED: "0",
  GOTOOLCHAIN: "local",
  GOWORK: "off",
};

/** In the cache; below it a folder for each process, because two rehearsals may build at the same time. */
const TEMPORARY = "tmp";

/** Removes Go's temporary files of this process, and those that a killed one left. */
export function removeTemporary(cache: string): void {
  const folder = join(cache, TEMPORARY);
  mkdirSync(folder, { recursive: true });
  for (const pid of readdirSync(folder))
    if (Number(pid) === process.pid || !isAlive(Number(pid)))
      rmSync(join(folder, pid), { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0);
  } catch {
    return false;
  }
}

function run({ env, cache, guard }: Go, args: readonly string[]): Promise<Outcome> {
  const temporary = join(cache, TEMPORARY, String(process.pid));
  mkdirSync(temporary, { recursive: true });
  const own = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return runChild("go", args, { ...own, ...settings, GOTMPDIR: temporary }, guard);
}

/** Runs `go` in a folder; an exit code other than 0 is an error with Go's own words. */
export async function go(how: Go, folder: string, args: readonly string[]): Promise<Outcome> {
  const outcome = await run(how, ["-C", folder, ...args]);
  if (outcome.code !== 0)
    throw new ToolsUnavailable(`go ${args.join(" ")} in ${folder} failed:\n${outcome.stderr.trim()}`);
  return outcome;
}

/** The version of Go, when it is new enough. */
export async function goVersion(how: Go): Promise<string> {
  const { code, stdout } = await run(how, ["env", "GOVERSION"]);
  if (code !== 0) throw new ToolsUnavailable(missing("there is none"));
  const version = stdout.trim().replace(/^go/, "");
  if (!isEnough(version)) throw new ToolsUnavailable(missing(`got ${version}`));
  return version;
}

export function isEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(/[.\-a-z]/).map(Number);
  return major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor);
}

function missing(got: string): string {
  return `the rehearsal builds Kubernetes and Kueue with Go ${LEAST.major}.${LEAST.minor} or later, ${got}; install it from go.dev/dl`;
}
