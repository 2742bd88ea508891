import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { execute } from "../support/process";
import { readManifest } from "../support/synthesised";
import { differences, withoutVersions } from "./compare";
import { FAILED, NOT_SYNTHESISED, UNAVAILABLE } from "./exit";
import { install } from "./install";
import { withTheOther } from "./package-file";

/** Synthesises a copy of the repository with what is installed here, and with the other of CDKTF and its fork. */
export async function compareBoth(workspace: string): Promise<number> {
  const copy = join(workspace, "copy");
  const [ours, theirs] = [join(workspace, "ours"), join(workspace, "theirs")];
  // Both from the same copy: somebody may be editing the files here meanwhile.
  await copyInto(copy);
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  if (!(await synthesise(copy, ours))) return NOT_SYNTHESISED;
  unlinkSync(join(copy, "node_modules"));
  const packageFile = join(copy, "package.json");
  writeFileSync(packageFile, withTheOther(readFileSync(packageFile, "utf8")));
  const problem = await install(copy);
  if (problem !== undefined) {
    console.error(problem);
    return UNAVAILABLE;
  }
  if (!(await synthesise(copy, theirs))) return NOT_SYNTHESISED;
  const stacks = readManifest(ours);
  const [first] = stacks;
  const [version, other] = [ours, theirs].map((outdir) => versionIn(outdir, first?.path ?? ""));
  if (version === other)
    throw new Error(`both were written by ${version}: the copy did not use the other one`);
  const read = (outdir: string, path: string): unknown =>
    withoutVersions(JSON.parse(readFileSync(join(outdir, path), "utf8")));
  const found = stacks.flatMap(({ name, path }) =>
    differences(read(ours, path), read(theirs, path)).map((difference) => `${name}: ${difference}`),
  );
  for (const difference of found.slice(0, 50)) console.log(difference);
  console.log(
    `${stacks.length} stacks of ${version} compared with those of ${other}: ${found.length} differences`,
  );
  return found.length === 0 ? 0 : FAILED;
}

/** Everything that git knows or would take: no node_modules, no output. */
async function copyInto(folder: string): Promise<void> {
  const { stdout } = await execute("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
  // What was taken away and not yet committed is listed, too.
  for (const file of stdout.split("\0").filter((each) => each !== "" && existsSync(each))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
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
