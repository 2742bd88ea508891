import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly steps?: readonly { readonly run?: string; readonly uses?: string }[];
}

const folder = ".github/workflows";
const jobs = readdirSync(folder).flatMap((file) =>
  Object.entries((parse(readFileSync(join(folder, file), "utf8")) as { jobs: Record<string, Job> }).jobs).map(
    ([name, job]) => ({ name: `${file} ${name}`, job }),
  ),
);
const minting = jobs.filter(({ job }) => job.permissions?.["id-token"] === "write" && job.uses === undefined);

test.each(minting)("$name runs no package's script where it can have a token", ({ job }) => {
  const lines = (job.steps ?? []).flatMap(({ run = "" }) => run.split(/\n|&&/)).map((line) => line.trim());
  const scripted = lines.filter((line) => /^(npm (ci|i|install|run|exec|test|start)\b|npx\b)/.test(line));
  expect(scripted.length).toBeGreaterThan(0);
  expect(scripted.filter((line) => !line.includes("--ignore-scripts"))).toEqual([]);
});

test("three jobs may have a token", () => {
  expect(minting.map(({ name }) => name).sort()).toEqual([
    "deploy-environment.yml deploy",
    "drift.yml drift",
    "plan.yml plan",
  ]);
});

test("every action is pinned by its commit", () => {
  const actions = jobs.flatMap(({ job }) => (job.steps ?? []).flatMap(({ uses }) => uses ?? []));
  expect(actions.length).toBeGreaterThan(5);
  expect(actions.filter((uses) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
});

test("a new version of an action is a week old before anybody asks for it", () => {
  const { updates } = parse(readFileSync(".github/dependabot.yml", "utf8")) as {
    updates: { cooldown?: { "default-days": number } }[];
  };
  expect(updates.map(({ cooldown }) => cooldown?.["default-days"])).toEqual([7]);
});
