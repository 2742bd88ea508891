// Has the real Terraform and the real providers judge every synthesised stack.
// Exit code: 0 all valid, 1 a stack is not, 2 the synthesis failed, 3 Terraform or the providers cannot be had.
import "../src/plain-errors";
import { mkdirSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineEnvironments } from "../src/environment/define";
import { environments } from "../src/environments";
import { bootstrapSynthesis } from "./platform/bootstrap/synthesise";
import { mapParallel } from "./support/parallel";
import { execute, terraform } from "./support/process";
import { readManifest } from "./support/synthesised";
import { inWorkspace } from "./support/workspace";

const VALID = 0;
const INVALID = 1;
const NOT_SYNTHESISED = 2;
const UNAVAILABLE = 3;

/** A synthesised stack and the folder that holds its `cdk.tf.json`. */
interface Target {
  readonly name: string;
  readonly folder: string;
}

interface Verdict {
  readonly stack: string;
  readonly valid: boolean;
  readonly seconds: number;
  readonly diagnostics: readonly string[];
}

interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

async function validate({ name: stack, folder }: Target): Promise<Verdict> {
  const started = performance.now();
  const { stdout, stderr } = await terraform([`-chdir=${folder}`, "validate", "-json"]);
  const seconds = (performance.now() - started) / 1000;
  if (!stdout.startsWith("{")) return { stack, valid: false, seconds, diagnostics: [stderr.trim()] };
  const { valid, diagnostics } = JSON.parse(stdout) as { valid: boolean; diagnostics: Diagnostic[] };
  return {
    stack,
    valid,
    seconds,
    diagnostics: diagnostics.map(({ severity, summary, detail, address }) =>
      [`${severity}: ${summary}`, address && `at ${address}`, detail].filter(Boolean).join("; "),
    ),
  };
}

function printTable(verdicts: readonly Verdict[]): void {
  const width = Math.max(...verdicts.map(({ stack }) => stack.length));
  for (const { stack, valid, seconds, diagnostics } of verdicts) {
    console.log(
      `${stack.padEnd(width)}  ${valid ? "valid  " : "INVALID"}  ${seconds.toFixed(1).padStart(5)} s`,
    );
    for (const diagnostic of diagnostics) console.log(`    ${diagnostic.replaceAll("\n", "\n    ")}`);
  }
  const invalid = verdicts.filter(({ valid }) => !valid).length;
  console.log(`${verdicts.length - invalid} stacks valid, ${invalid} invalid`);
}

/** Synthesises every app into a folder of its own, so that no `.terraform` lands in what is deployed. */
async function synthesise(workspace: string): Promise<Target[]> {
  const examples = readdirSync("dist/examples").sort();
  const makes = { stateBucket: true, accessLogBucket: true };
  const programs = [
    { name: "main", program: ["dist/src/main.js"] },
    ...examples.map((name) => ({ name: `example-${name}`, program: [`dist/examples/${name}/main.js`] })),
    ...defineEnvironments(environments).environments.map((environment) => ({
      name: `bootstrap-${environment.name}`,
      program: bootstrapSynthesis(environment, makes),
    })),
  ];
  const outdirs = await mapParallel(programs, availableParallelism(), async ({ name, program }) => {
    const outdir = join(workspace, name);
    const { code, stderr } = await execute(process.execPath, program, { CDKTF_OUTDIR: outdir });
    if (code !== 0) throw new Error(`${program[0]} (${name}) failed:\n${stderr}`);
    return outdir;
  });
  return outdirs.flatMap((outdir) =>
    readManifest(outdir).map(({ name, workingDirectory }) => ({
      name,
      folder: join(outdir, workingDirectory),
    })),
  );
}

async function run(workspace: string): Promise<number> {
  const version = await terraform(["version"]);
  if (version.code !== 0) {
    console.error(`terraform cannot be run (${version.stderr.trim()}); install Terraform 1.11 or later`);
    return UNAVAILABLE;
  }
  const targets = await synthesise(workspace);

  // One after the other: Terraform's plugin cache is not safe for concurrent writers.
  const cache = process.env["TF_PLUGIN_CACHE_DIR"] ?? join(workspace, "plugins");
  mkdirSync(cache, { recursive: true });
  for (const { name, folder } of targets) {
    const init = await terraform(
      [`-chdir=${folder}`, "init", "-backend=false", "-input=false", "-no-color"],
      {
        TF_PLUGIN_CACHE_DIR: cache,
      },
    );
    if (init.code !== 0) {
      console.error(
        `${name}: the providers cannot be had, or are not those of .terraform.lock.hcl:\n${init.stderr.trim()}`,
      );
      return UNAVAILABLE;
    }
  }

  const verdicts = await mapParallel(targets, availableParallelism(), validate);
  printTable(verdicts);
  return verdicts.every(({ valid }) => valid) ? VALID : INVALID;
}

void inWorkspace("validate-", run, NOT_SYNTHESISED);
