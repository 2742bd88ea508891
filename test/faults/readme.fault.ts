import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../src/environments";
import { copyOfRepository } from "../support/copy";

// What the READMEs tell people to type, typed as it stands, in a copy of the repository. A line of a new kind fails
// until it is said here whether it can be typed without a cloud.

/** Needs a cloud, or a cluster. */
const CLOUD =
  /^(gcloud|kubectl|terraform|npx|pyflyte|flytectl|IMAGE_REGISTRY=\S+) |^npm run platform -- (bootstrap|plan|deploy|verify|connect|destroy|doctor)\b/;
/** Typed by CI itself on every run, asks at a terminal, or is Python (`npm run workflows -- check`). */
const ELSEWHERE =
  /^npm (ci|test|run (validate|rehearse|scan|bench|cdktn|workflows|test:\w+))\b|^bash \.ci\/run$|^npm run platform -- (new|remove) |^(python|pip) /;
/** The rest of a command that began on an earlier line. */
const CONTINUED = /^ |^(for|do|done|\)|#)/;

const pages = ["README.md", "CONTRIBUTING.md", ...examples("README.md")];
function examples(file: string): string[] {
  return readdirSync("examples").map((name) => join("examples", name, file));
}

const typed = pages.flatMap((page) =>
  [...readFileSync(page, "utf8").matchAll(/^ *```bash\n([\s\S]*?)^ *```/gm)].flatMap(([, block = ""]) =>
    block
      .replace(/\\\n\s*/g, "")
      .split("\n")
      .map((line) => line.replace(/\s+# .*$/, ""))
      .filter((line) => line.trim() !== "" && !CLOUD.test(line.trim()) && !CONTINUED.test(line))
      .flatMap((line) => line.split(" && "))
      .map((command) => ({ page, command: command.trim() }))
      .filter(({ command }) => !CLOUD.test(command) && !ELSEWHERE.test(command)),
  ),
);

let copy: string;
beforeAll(() => void (copy = copyOfRepository()));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test.each(typed)("$page: $command", ({ command }) => {
  // Some write into the home folder: into one of their own.
  const env = { ...process.env, HOME: copy };
  const said = execFileSync("bash", ["-c", command], { cwd: copy, env, encoding: "utf8", stdio: "pipe" });
  expect(said).not.toMatch(/\b(error|warning)\b/i);
  // A screen; a fork may have more environments than the three that are shipped.
  if (command === "npm start" && environments.length <= 3)
    expect(said.split("\n").length).toBeLessThanOrEqual(40);
});

test("there is something to type in the first page and in most examples", () => {
  expect(new Set(typed.map(({ page }) => page)).size).toBeGreaterThan(5);
});
