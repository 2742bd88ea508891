import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../src/environments";
import { copyOfRepository } from "../support/copy";

// A fork makes environments, takes some away, gives a team another name: and nothing turns red, with no edit by hand but
// the one that is meant. Minutes: everything that CI runs, in each of those states.

/** CI's own steps that need no cloud. What is installed is there, the tests come first, the last ones would be this file again. */
const [, checks = ""] = /^checks\(\) \{\n(.*?)^\}$/ms.exec(readFileSync(".ci/run", "utf8")) ?? [];
const steps = [...checks.matchAll(/^ *(?:needs=\w+ )?step "([\w ]+)" (npm .*)$/gm)]
  .map(([, name = "", command = ""]) => ({ name, command }))
  .filter(({ name }) => !["test", "faults", "a fork"].includes(name));

/** A program that is missing here: the step says so, and nothing else. */
const UNAVAILABLE = 3;
const MINUTES = 60_000;

const names = environments.map(({ name }) => name);
const answers =
  "--project stark-eu --region europe-west4 --bucket stark-eu-states --team sight --flyte-projects eyes,ears --gpus l4,h100-80gb";

let fork: string;
beforeEach(() => {
  fork = copyOfRepository();
  // Which files there are, some tests ask git.
  for (const command of ["git init --quiet", "git add --all"]) expectGreen(command);
});
afterEach(() => rmSync(fork, { recursive: true, force: true }));

function expectGreen(command: string): void {
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-c", command], {
    cwd: fork,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    // Of the run that this test is in.
    env: { ...process.env, JEST_WORKER_ID: undefined, TEST_RUN_FOLDER: undefined, TEST_RECORDING: undefined },
  });
  const green = status === 0 || status === UNAVAILABLE;
  if (!green)
    throw new Error(`${command} ended with ${status}:\n${stdout.slice(-8000)}\n${stderr.slice(-8000)}`);
}

function expectAllGreen(): void {
  expect(steps.map(({ name }) => name)).toEqual([
    "types",
    "lint",
    "format",
    "build",
    "synthesise",
    "workflows",
    "scan",
  ]);
  for (const command of ["npm start", "npm test -- -u", "npm test -- --ci"]) expectGreen(command);
  for (const { command } of steps) expectGreen(command);
}

test(
  "one environment more, and the first team of each by another name",
  () => {
    expectGreen(`npm run platform -- new fork ${answers}`);
    for (const { name, queues } of environments) {
      const file = join(fork, "src", "environments", `${name}.ts`);
      const [team = ""] = Object.keys(queues.teams);
      const text = readFileSync(file, "utf8");
      const renamed = text.replace(new RegExp(`^( *)"?${team}"?: \\{$`, "m"), "$1explorers: {");
      expect(renamed).not.toBe(text);
      writeFileSync(file, renamed);
    }
    expectAllGreen();
  },
  20 * MINUTES,
);

test(
  "one environment alone, the fork's own",
  () => {
    expectGreen(`npm run platform -- new fork ${answers} --unprotected`);
    for (const name of names) expectGreen(`npm run platform -- remove ${name} --yes`);
    expectAllGreen();
  },
  20 * MINUTES,
);

// What is left of the shipped ones differs: the first is the smallest, the last has everything.
test.each([...new Set([names[0], names.at(-1)])])(
  "%s alone",
  (left) => {
    for (const name of names) if (name !== left) expectGreen(`npm run platform -- remove ${name} --yes`);
    expectAllGreen();
  },
  20 * MINUTES,
);
