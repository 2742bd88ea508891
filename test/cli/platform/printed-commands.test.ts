import { readFileSync } from "node:fs";
import { commandLine } from "../../../cli/platform/command-line";
import { commands } from "../../../cli/platform/commands";
import { knownFailures } from "../../../cli/platform/deploy/known-failures";
import { Options } from "../../../cli/platform/options";
import { unlockFix } from "../../../cli/platform/preflight/lock";
import { failed, stack } from "./deploy-values";
import { platformCommands, refusalOf } from "./typed";

const lock = { id: "42", who: "me", operation: "plan", since: 0 };
const lockers = ["bootstrap", "plan", "verify", "deploy", "destroy"];

async function expectTypeable(text: string): Promise<void> {
  const typed = platformCommands(text);
  for (const words of typed) expect([words, await refusalOf(words)]).toEqual([words, ""]);
}

test("the program is really asked", async () => {
  expect(await refusalOf(["deploy", "dev", "--yes"])).toBe("");
  expect(await refusalOf(["deploy", "dev", "--sure"])).toContain("unknown option '--sure'");
  expect(await refusalOf(["deploy", "dev", "names", "what"])).toContain("too many arguments");
});

test.each(lockers)("a lock that %s meets is broken by %s itself", async (command) => {
  const fix = unlockFix(lock, { command, name: "dev" });
  expect(platformCommands(fix)).toEqual([[command, "dev", "--unlock", "42"]]);
  await expectTypeable(fix);
});

test("an example stays in what is to be run again", () => {
  const options = new Options({ example: "minimal" });
  expect(commandLine({ command: "plan", name: "demo", options })).toBe(
    "npm run platform -- plan demo --example minimal",
  );
});

test("a program of one's own stays in what is to be run again", () => {
  const options = new Options({ app: "dist/mine.js" });
  expect(commandLine({ command: "plan", name: "dev", options })).toBe(
    "npm run platform -- plan dev --app dist/mine.js",
  );
});

test.each(["bootstrap", "deploy", "destroy"])("every known failure of %s", async (command) => {
  const failure = { stack, environment: "dev", command, run: failed };
  const texts = knownFailures.map(({ next }) => next(failure, "google_container_cluster.c", ""));
  expect(texts.flatMap(platformCommands).length).toBeGreaterThan(8);
  for (const text of texts) await expectTypeable(text);
});

test.each(["docs/operations.md", "docs/upgrading.md", "README.md"])("every command in %s", async (file) => {
  const text = readFileSync(file, "utf8").replaceAll("`", "\n");
  const whole = text.replaceAll(/ *#.*$/gm, "");
  expect(platformCommands(whole).length).toBeGreaterThan(0);
  await expectTypeable(whole.replaceAll(/<[a-z]+>/g, "x"));
});

test("every command can be asked how it is typed", async () => {
  for (const { description } of commands) expect(await refusalOf([description.name, "--help"])).toBe("");
});
