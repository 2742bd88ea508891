// npm run workflows -- check: packages the example workflows with real flytekit, checks what Flyte would be told against
// what is expected and what the environments offer, and runs the CPU ones. More arguments go to pytest: `-k sweep`.
// Exit code: 0 all is well, 1 something is not, 2 no such command, 3 Python or its packages cannot be had.
import { spawn } from "node:child_process";
import { defineEnvironments } from "../src/environment/define";
import { gangs } from "../examples/gangs/gangs";
import { queues } from "../examples/gpu-queues/queues";
import { environments } from "../src/environments";
import { platformFacts } from "./support/platform-facts";
import { findPython, PythonUnavailable, virtualEnvironment } from "./support/python";

const FOLDER = "examples/workflows";
const FAILED = 1;
const UNKNOWN_COMMAND = 2;
const UNAVAILABLE = 3;

async function check(args: readonly string[]): Promise<number> {
  // The examples' flavors and add-ons are those that the example tasks name; a fork's environments need not offer them all.
  const offered = [[queues], [gangs], environments].flatMap((each) => defineEnvironments(each).environments);
  const facts = platformFacts(offered);
  const named = process.env["PYTHON"];
  const python = await virtualEnvironment(
    [`${FOLDER}/requirements.txt`, `${FOLDER}/tests/requirements.txt`],
    await findPython(named ? [named] : undefined),
  );
  return stream(python, ["-m", "pytest", "--quiet", FOLDER, ...args], {
    PLATFORM: JSON.stringify(facts),
    PYTHONDONTWRITEBYTECODE: "1",
    // Each run runs: nothing comes from what an earlier one, or the user's own, left in ~/.flyte.
    FLYTE_LOCAL_CACHE_ENABLED: "false",
  });
}

/** Runs a program with its output shown as it comes. Any exit code but 0 is a failure. */
function stream(program: string, args: readonly string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => resolve(code === 0 ? 0 : FAILED));
  });
}

async function main([command, ...args]: readonly string[]): Promise<number> {
  if (command === "check") return check(args);
  console.error(`command must be "check", got ${JSON.stringify(command ?? "")}: npm run workflows -- check`);
  return UNKNOWN_COMMAND;
}

main(process.argv.slice(2))
  .catch((error: Error) => {
    console.error(error.message);
    return error instanceof PythonUnavailable ? UNAVAILABLE : FAILED;
  })
  .then((code) => (process.exitCode = code));
