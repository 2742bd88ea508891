// npm run cdktn: installs the community fork of CDKTF under CDKTF's name in a copy of the repository, and compares what
// both synthesise (docs/decisions/0001).
// Exit code: 0 the same, 1 not, 2 the copy does not synthesise, 3 the fork cannot be installed.
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { differences, withoutVersions } from "./cdktn/compare";
import { execute } from "./support/process";
import { readManifest } from "./support/synthesised";
import { inWorkspace } from "./support/workspace";

const FORK = "npm:cdktn@0.24.0";
const DIFFERENT = 1;
const NOT_SYNTHESISED = 2;
const UNAVAILABLE = 3;

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Everything that git knows or would take: no node_modules, no output. */
async function copyInto(folder: string): Promise<void> {
  const { stdout } = await execute("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
  for (const file of stdout.split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
}

/** The three lines. `overrides`: the bindings insist on a cdktf 0.21. */
function useFork(folder: string): void {
  const file = join(folder, "package.json");
  const { dependencies, devDependencies, ...rest } = JSON.parse(readFileSync(file, "utf8")) as PackageFile;
  // The command line tool brings its own cdktf, and synthesises nothing by itself.
  const { "cdktf-cli": _cli, ...tools } = devDependencies;
  const changed = {
    ...rest,
    dependencies: { ...dependencies, cdktf: FORK },
    devDependencies: tools,
    overrides: { cdktf: "$cdktf" },
  };
  writeFileSync(file, JSON.stringify(changed, null, 2));
  rmSync(join(folder, "package-lock.json"));
}

/** Builds and synthesises in a folder; the output goes elsewhere. Says what went wrong, if anything. */
async function synthesise(folder: string, outdir: string): Promise<boolean> {
  mkdirSync(outdir, { recursive: true });
  const program = 'cd "$0" && node run.mjs src/main';
  const { code, stderr } = await execute("bash", ["-c", program, folder], { CDKTF_OUTDIR: outdir });
  if (code !== 0) console.error(`${folder} does not synthesise:\n${stderr.trim()}`);
  return code === 0;
}

/** Of the library that wrote a stack. */
function versionIn(outdir: string, path: string): string {
  const stack = JSON.parse(readFileSync(join(outdir, path), "utf8")) as {
    "//": { metadata: { version: string } };
  };
  return stack["//"].metadata.version;
}

async function run(workspace: string): Promise<number> {
  const copy = join(workspace, "copy");
  const [ours, theirs] = [join(workspace, "cdktf"), join(workspace, "cdktn")];
  await copyInto(copy);
  // First with what is installed here, from the same copy: somebody may be editing the files here meanwhile.
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  if (!(await synthesise(copy, ours))) return NOT_SYNTHESISED;
  unlinkSync(join(copy, "node_modules"));
  useFork(copy);
  const install = await execute("npm", ["install", "--prefix", copy, "--no-audit", "--no-fund"]);
  if (install.code !== 0) {
    console.error(`${FORK} cannot be installed:\n${install.stderr.trim()}`);
    return UNAVAILABLE;
  }
  if (!(await synthesise(copy, theirs))) return NOT_SYNTHESISED;
  const stacks = readManifest(ours);
  const [first] = stacks;
  const [version, other] = [ours, theirs].map((outdir) => versionIn(outdir, first?.path ?? ""));
  if (version === other) throw new Error(`both were written by ${version}: the copy did not use the fork`);
  const read = (outdir: string, path: string): unknown =>
    withoutVersions(JSON.parse(readFileSync(join(outdir, path), "utf8")));
  const found = stacks.flatMap(({ name, path }) =>
    differences(read(ours, path), read(theirs, path)).map((difference) => `${name}: ${difference}`),
  );
  for (const difference of found.slice(0, 50)) console.log(difference);
  console.log(`${stacks.length} stacks compared with ${FORK}: ${found.length} differences`);
  return found.length === 0 ? 0 : DIFFERENT;
}

void inWorkspace("cdktn-", run, NOT_SYNTHESISED);
