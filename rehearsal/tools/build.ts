import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Go, ToolsUnavailable, go, goVersion } from "./go";
import { type Program, type ProgramName, programs } from "./programs";

const TOOLS = "rehearsal/tools";

/** Where each program is, built, and the sources that the rehearsal reads files of. */
export interface Tools {
  readonly programs: Readonly<Record<ProgramName, string>>;
  readonly sources: { readonly kueue: string; readonly autoscaler: string };
}

/**
 * Builds what is not in the cache yet. A program's folder is named by all that it is made from, so that a changed pin
 * builds anew, and an unchanged one never.
 */
export async function buildTools(how: Go, say: (line: string) => void): Promise<Tools> {
  if (process.platform !== "linux")
    throw new ToolsUnavailable(
      `the rehearsal needs Linux, for its processes to end with it; got ${process.platform}`,
    );
  const version = await goVersion(how);
  const names = Object.keys(programs) as ProgramName[];
  const paths = Object.fromEntries(
    names.map((name) => [name, binaryPath(how.cache, version, name)]),
  ) as Record<ProgramName, string>;
  const missing = names.filter((name) => !existsSync(paths[name]));
  if (missing.length > 0)
    say(`building ${missing.length} programs with Go ${version}; the first time takes ten minutes or so`);
  const guarded = { ...how, guard: paths.guard };
  for (const name of missing) await build(name === "guard" ? how : guarded, name, paths[name], say);
  rmSync(join(how.cache, "tmp"), { recursive: true, force: true });
  const sources = {
    kueue: await moduleFolder(guarded, "kueue", "sigs.k8s.io/kueue"),
    autoscaler: await moduleFolder(guarded, "kueue", "k8s.io/autoscaler/cluster-autoscaler/apis"),
  };
  return { programs: paths, sources };
}

/** The folder of a module's source in Go's module cache, downloaded when only builds are cached. */
async function moduleFolder(how: Go, module: string, path: string): Promise<string> {
  const list = () => go(how, join(TOOLS, module), ["list", "-m", "-f", "{{.Dir}}", path]);
  const there = (await list()).stdout.trim();
  if (there) return there;
  await go(how, join(TOOLS, module), ["mod", "download", path]);
  return (await list()).stdout.trim();
}

async function build(how: Go, name: ProgramName, path: string, say: (line: string) => void): Promise<void> {
  const { module, package: target, version, linkFlags = "" }: Program = programs[name];
  const started = performance.now();
  say(`  ${name} ${version} …`);
  mkdirSync(dirname(path), { recursive: true });
  // Built beside its place and then moved: an interrupted build leaves no half program.
  const unfinished = `${path}.${process.pid}`;
  await go(how, join(TOOLS, module), ["build", "-ldflags", `-s -w ${linkFlags}`, "-o", unfinished, target]);
  renameSync(unfinished, path);
  say(`  ${name} built in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

function binaryPath(cache: string, goVersion: string, name: ProgramName): string {
  const { module, linkFlags = "" }: Program = programs[name];
  const hash = createHash("sha256").update(`${goVersion} ${linkFlags}`);
  const folder = join(TOOLS, module);
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  return join(cache, `${module}-${hash.digest("hex").slice(0, 12)}`, name);
}
