// Measures a synthesis against the floor that CDKTF itself sets, in the same run: machines are noisy, ratios hold.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute } from "./support/process";

const RUNS = 9;
const MIB = 1024;

interface Run {
  readonly seconds: number;
  readonly peakMib: number;
}

interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { min: at(0), median: at(Math.floor(sorted.length / 2)), max: at(sorted.length - 1) };
}

/** The last line that a measured child prints: its own peak memory, in KiB, as the operating system counted it. */
const PEAK = "peak-kib=";
const PROBE = `process.on("exit",()=>require("fs").writeSync(1,"\\n${PEAK}"+process.resourceUsage().maxRSS));`;

async function runOnce(args: readonly string[]): Promise<Run> {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const started = performance.now();
    const { code, stdout, stderr } = await execute(process.execPath, args, { CDKTF_OUTDIR: outdir });
    const seconds = (performance.now() - started) / 1000;
    if (code !== 0) throw new Error(`node ${args.join(" ")} failed:\n${stderr}`);
    const peakKib = Number(stdout.slice(stdout.lastIndexOf(PEAK) + PEAK.length));
    return { seconds, peakMib: peakKib / MIB };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function row(name: string, values: Spread, unit: string): string {
  const cells = [values.min, values.median, values.max].map((value) => value.toFixed(2).padStart(9));
  return `${name.padEnd(44)}${cells.join("")}  ${unit}`;
}

/** Runs the commands in turn (A B A B …), so that a slow minute hits all of them alike. */
async function interleave<Name extends string>(
  commands: Record<Name, readonly string[]>,
  runs: number,
): Promise<Record<Name, Run[]>> {
  const names = Object.keys(commands) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as unknown as Record<
    Name,
    Run[]
  >;
  for (let turn = -1; turn < runs; turn++) {
    for (const name of names) {
      const run = await runOnce(commands[name]);
      if (turn >= 0) results[name].push(run); // turn -1 warms the file cache
    }
  }
  return results;
}

const seconds = (runs: readonly Run[]) => spread(runs.map((run) => run.seconds));
const memory = (runs: readonly Run[]) => spread(runs.map((run) => run.peakMib));
const ratios = (a: readonly Run[], b: readonly Run[]) =>
  spread(a.map((run, index) => run.seconds / (b[index]?.seconds ?? Number.NaN)));

async function coldSynthesis(): Promise<void> {
  const { app, floor } = await interleave(
    {
      app: ["-e", `${PROBE}require("./dist/src/main.js")`],
      floor: ["-e", `${PROBE}require("cdktf")`],
    },
    RUNS,
  );
  console.log(row("all environments, cold: wall time", seconds(app), "s"));
  console.log(row("floor, require('cdktf'): wall time", seconds(floor), "s"));
  console.log(row("ratio to the floor (at most 2.5)", ratios(app, floor), "×"));
  console.log(row("all environments, cold: peak memory (≤ 140)", memory(app), "MiB"));
  console.log(row("floor: peak memory", memory(floor), "MiB"));
}

const LOOP = 1000;

/** The cost of one more bucket: (1000 buckets − none) / 1000, ours against a loop over the provider's class. */
async function marginalResource(): Promise<void> {
  const command = (kind: string, count: number) => [
    "-e",
    `${PROBE}require("./dist/cli/bench-loop.js")`,
    kind,
    String(count),
  ];
  const results = await interleave(
    {
      construct: command("construct", LOOP),
      bare: command("bare", LOOP),
      none: command("construct", 0),
    },
    RUNS,
  );
  const cost = (runs: readonly Run[]) =>
    runs.map((run, index) => ((run.seconds - (results.none[index]?.seconds ?? Number.NaN)) / LOOP) * 1000);
  const ours = cost(results.construct);
  const bare = cost(results.bare);
  console.log(row("one more bucket, DataBucket", spread(ours), "ms"));
  console.log(row("one more bucket, bare StorageBucket", spread(bare), "ms"));
  console.log(
    row(
      "ratio to the bare loop (at most 1.25)",
      spread(ours.map((value, i) => value / (bare[i] ?? Number.NaN))),
      "×",
    ),
  );
}

/** How time grows with the number of environments, copies of the largest one. */
async function growth(): Promise<void> {
  const command = (count: number) => [
    "-e",
    `${PROBE}require("./dist/cli/bench-loop.js")`,
    "environments",
    String(count),
  ];
  const results = await interleave(
    { none: command(0), one: command(1), ten: command(10), fifty: command(50) },
    7,
  );
  const each = (runs: readonly Run[], count: number) =>
    runs.map((run, index) => ((run.seconds - (results.none[index]?.seconds ?? Number.NaN)) / count) * 1000);
  const ten = each(results.ten, 10);
  const fifty = each(results.fifty, 50);
  console.log(row("1 environment", spread(each(results.one, 1)), "ms each"));
  console.log(row("10 environments", spread(ten), "ms each"));
  console.log(row("50 environments", spread(fifty), "ms each"));
  console.log(
    row("ratio 50 to 10 (at most 1.2)", spread(fifty.map((value, i) => value / (ten[i] ?? Number.NaN))), "×"),
  );
  console.log(row("50 environments: peak memory", memory(results.fifty), "MiB"));
}

/** How time grows with what one environment says about queues. */
async function queues(): Promise<void> {
  const command = (teams: number, flavors: number) => [
    "-e",
    `${PROBE}require("./dist/cli/bench-loop.js")`,
    "queues",
    String(teams),
    String(flavors),
  ];
  const { few, many } = await interleave({ few: command(2, 4), many: command(50, 10) }, RUNS);
  console.log(row("2 teams × 4 flavors: wall time", seconds(few), "s"));
  console.log(row("50 teams × 10 flavors: wall time", seconds(many), "s"));
  console.log(row("ratio of the two (at most 3.0)", ratios(many, few), "×"));
}

async function main(): Promise<void> {
  console.log(`${"".padEnd(44)}${["min", "median", "max"].map((name) => name.padStart(9)).join("")}`);
  await coldSynthesis();
  await marginalResource();
  await growth();
  await queues();
}

void main();
