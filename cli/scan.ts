// npm run scan: checkov over every synthesised stack, and over the Kubernetes objects inside.
// Exit code: 0 nothing open, 1 findings or waivers that waive nothing, 2 no synthesis, 3 checkov cannot be had.
import "../src/plain-errors";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkovProgram, scan, Unavailable } from "./scan/checkov";
import { manifestsOf } from "./scan/manifests";
import { planShape, type Resources } from "./scan/plan-shape";
import { judge, type Judgement, type Waiver } from "./scan/waivers";
import { bootstrapSynthesis } from "./platform/bootstrap/synthesise";
import { execute } from "./support/process";
import { readManifest, readStack } from "./support/synthesised";
import { type Environment, defineEnvironments } from "../src/environment/define";
import { environments } from "../src/environments";

const OPEN = 1;
const NOT_SYNTHESISED = 2;
const UNAVAILABLE = 3;

function write(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content, null, 1));
}

/** The bootstrap stacks are in no app's output: synthesised here, as they are where nothing exists yet. */
async function synthesiseBootstraps(outdir: string, all: readonly Environment[]): Promise<void> {
  for (const environment of all) {
    const args = bootstrapSynthesis(environment, { stateBucket: true, accessLogBucket: true });
    const { code, stderr } = await execute(process.execPath, args, {
      CDKTF_OUTDIR: join(outdir, environment.name),
    });
    if (code !== 0) throw new Error(stderr.trim());
  }
}

/** A copy of every stack in the shape that checkov reads, one folder each. */
function prepare(outdir: string, folder: string): void {
  for (const { name, path } of readManifest(outdir)) {
    const resources = (readStack(join(outdir, path)).resource ?? {}) as Resources;
    const { helm_release: _charts, ...own } = resources;
    write(join(folder, name, "plan.json"), planShape(own));
    for (const [index, { release, manifest }] of manifestsOf(resources).entries())
      write(join(folder, name, `${release}-${index}.json`), manifest);
  }
}

function print({ open, stale, wrong, waived }: Judgement, passed: number): void {
  for (const { check, title, resource, where } of open)
    console.log(`${check}  ${where}: ${resource}\n    ${title}`);
  for (const { waiver, environment } of stale)
    console.log(
      `${waiver.check}  the waiver for ${environment}, ${waiver.resource}, waives nothing: remove it`,
    );
  for (const problem of wrong) console.log(`scan/waivers.json: ${problem}`);
  console.log(
    `${passed} checks passed, ${open.length} failed, ${waived} waived, ${stale.length + wrong.length} waivers wrong`,
  );
}

async function run(workspace: string): Promise<number> {
  const scanned = join(workspace, "scanned");
  const bootstraps = join(workspace, "bootstraps");
  const all = defineEnvironments(environments).environments;
  try {
    prepare(process.env["CDKTF_OUTDIR"] ?? "cdktf.out", scanned);
    mkdirSync(bootstraps);
    await synthesiseBootstraps(bootstraps, all);
    for (const { name } of all) prepare(join(bootstraps, name), scanned);
  } catch (error) {
    console.error((error as Error).message);
    return NOT_SYNTHESISED;
  }
  const waivers = JSON.parse(readFileSync("scan/waivers.json", "utf8")) as Waiver[];
  const { findings, passed } = await scan(await checkovProgram(), scanned);
  const judgement = judge(findings, waivers, all);
  print(judgement, passed);
  const { open, stale, wrong } = judgement;
  return open.length + stale.length + wrong.length > 0 ? OPEN : 0;
}

const workspace = mkdtempSync(join(tmpdir(), "scan-"));
run(workspace)
  .catch((error: Error) => {
    console.error(error.message);
    return error instanceof Unavailable ? UNAVAILABLE : OPEN;
  })
  .then((code) => {
    rmSync(workspace, { recursive: true, force: true });
    process.exitCode = code;
  });
