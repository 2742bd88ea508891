// Runs an environment's queues for real, on this machine: `npm run rehearse -- prod [scenario…]`. See docs/rehearsal.md.
// Exit code: 0 all holds, 1 an expectation is broken, 2 it could not be played, 3 Go is missing or too old.
import { homedir } from "node:os";
import { join } from "node:path";
import { WatchedFolder } from "../rehearsal/control-plane/watched-folder";
import { readSynthesised } from "../rehearsal/objects/synthesised";
import { UsageError, operatorsToPlay, parseOptions } from "../rehearsal/run/options";
import { timePolicies } from "../rehearsal/run/policies-time";
import { rehearse } from "../rehearsal/run/rehearse";
import { Supervisor } from "../rehearsal/run/supervisor";
import { buildTools, withOperators } from "../rehearsal/tools/build";
import { environments } from "../src/environments";
import { runChild } from "../rehearsal/tools/child";
import { ToolsUnavailable } from "../rehearsal/tools/go";

const CANNOT = 2;
const NO_GO = 3;

async function synthesise(folder: string): Promise<void> {
  const env = { ...process.env, CDKTF_OUTDIR: folder } as Record<string, string>;
  const { code, stderr } = await runChild(process.execPath, ["dist/src/main.js"], env);
  if (code !== 0) throw new UsageError(stderr.trim());
}

async function run(supervisor: Supervisor): Promise<number> {
  const options = parseOptions(process.argv.slice(2), environments.at(-1)?.name ?? "");
  const cacheHome = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const how = { env: process.env, cache: join(cacheHome, "flyte-on-gke-autopilot", "rehearsal") };
  const tools = await buildTools(how, console.log);
  if (options.buildOnly) return 0;
  const watched = new WatchedFolder(tools.programs.guard);
  supervisor.onStop(() => watched.close());
  if (!options.from) await synthesise(watched.path);
  const synthesised = readSynthesised(options.from ?? watched.path, options.environment);
  if (options.timePolicies) return timePolicies(synthesised, tools, supervisor);
  const played = operatorsToPlay(options, synthesised);
  return rehearse(synthesised, options, await withOperators(tools, played, how, console.log), supervisor);
}

const supervisor = new Supervisor(Number(process.env["REHEARSE_PARENT"] ?? process.ppid));
run(supervisor)
  .catch((error: Error) => {
    // What fails while everything is being stopped is no news.
    if (!supervisor.ending) console.error(error.message);
    return error instanceof ToolsUnavailable ? NO_GO : CANNOT;
  })
  .then((code) => supervisor.end(code));
