import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Go, ToolsUnavailable, go, goVersion, removeTemporary } from "./go";
import { type OperatorName, type Program, type ProgramName, operators, programs } from "./programs";

const TOOLS = "rehearsal/tools";

/** Where each program is, built, and the sources that the rehearsal reads files of. */
export interface Tools {
  readonly programs: Readonly<Record<ProgramName, string>>;
  /** Those that a scenario needs. */
  readonly operators: Readonly<Partial<Record<OperatorName, string>>>;
  readonly sources: { readonly kueue: string; readonly autoscaler: string; readonly ray?: string };
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
    names.map((name) => [name, binaryPath(how.cache, version, name, programs[name])]),
  ) as Record<ProgramName, string>;
  const missing = names.filter((name) => !existsSync(paths[name]));
  if (missing.length > 0)
    say(`building ${missing.length} programs with Go ${version}; the first time takes ten minutes or so`);
  const guarded = { ...how, guard: paths.guard };
  for (const name of missing)
    await build(name === "guard" ? how : guarded, name, programs[name], paths[name], say);
  removeTemporary(how.cache);
  const sources = {
    kueue: await moduleFolder(guarded, "kueue", "sigs.k8s.io/kueue"),
    autoscaler: await moduleFolder(guarded, "kueue", "k8s.io/autoscaler/cluster-autoscaler/apis"),
  };
  return { programs: paths, operators: {}, sources };
}

/** The tools, with these operators too. */
export async function withOperators(
  tools: Tools,
  wanted: readonly OperatorName[],
  how: Go,
  say: (line: string) => void,
): Promise<Tools> {
  const guarded = { ...how, guard: tools.programs.guard };
  const version = await goVersion(how);
  const paths = Object.fromEntries(
    wanted.map((name) => [name, binaryPath(how.cache, version, name, operators[name])]),
  ) as Record<OperatorName, string>;
  for (const name of wanted)
    if (!existsSync(paths[name])) await build(guarded, name, operators[name], paths[name], say);
  removeTemporary(how.cache);
  if (!wanted.includes("ray")) return { ...tools, operators: paths };
  const ray = await moduleFolder(guarded, operators.ray.module, operators.ray.package);
  return { ...tools, operators: paths, sources: { ...tools.sources, ray } };
}

/** The folder of a module's source in Go's module cache, downloaded when only builds are cached. */
async function moduleFolder(how: Go, module: string, path: string): Promise<string> {
  const list = () => go(how, join(TOOLS, module), ["list", "-m", "-f", "{{.Dir}}", path]);
  const there = (await list()).stdout.trim();
  if (there) return there;
  await go(how, join(TOOLS, module), ["mod", "download", path]);
  return (await list()).stdout.trim();
}

async function build(
  how: Go,
  name: string,
  { module, package: target, version, linkFlags = "" }: Program,
  path: string,
  say: (line: string) => void,
): Promise<void> {
  const started = performance.now();
  say(`  ${name} ${version} …`);
  mkdirSync(dirname(path), { recursive: true });
  // Built beside its place and then moved: an interrupted build leaves no half program.
  const unfinished = `${path}.${process.pid}`;
  await go(how, join(TOOLS, module), ["build", "-ldflags", `-s -w ${linkFlags}`, "-o", unfinished, target]);
  renameSync(unfinished, path);
  say(`  ${name} built in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

function binaryPath(
  cache: string,
  goVersion: string,
  name: string,
  { module, linkFlags = "" }: Program,
): string {
  const hash = createHash("sha256").update(`${goVersion} ${linkFlags}`);
  const folder = join(TOOLS, module);
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  return join(cache, `${module}-${hash.digest("hex").slice(0, 12)}`, name);
}
