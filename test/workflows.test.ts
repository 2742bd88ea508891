import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { follow, followers } from "../cli/environments/followers";
import { defineEnvironments } from "../src/environment/define";
import { environments } from "../src/environments";
import { RECORDING } from "./support/run-folder";

const folder = ".github/workflows";
const names = environments.map(({ name }) => name);

// `npm test -- -u` after an edit of src/environments brings along what follows it; `npm run platform -- new` does, too.
if (process.env[RECORDING]) follow(".", defineEnvironments(environments).environments);

test.each(Object.keys(followers))("%s follows src/environments", (file) => {
  const text = readFileSync(file, "utf8");
  expect(text).toBe(followers[file]?.(text, defineEnvironments(environments).environments));
});

const workflows = readdirSync(folder).map((file) => ({
  file,
  text: readFileSync(join(folder, file), "utf8"),
}));

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly steps?: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly needs?: string;
  readonly strategy?: { readonly matrix?: { readonly environment?: readonly string[] } };
}
const parsed = workflows.map(({ file, text }) => ({
  file,
  workflow: parse(text) as {
    on: object | string;
    permissions?: object;
    concurrency?: { readonly "cancel-in-progress": boolean };
    jobs: Record<string, Job>;
  },
}));

describe("workflows", () => {
  test("pin every action by its commit, with the version beside it", () => {
    const loose = workflows.flatMap(({ file, text }) =>
      [...text.matchAll(/uses: (.*)$/gm)]
        .map(([, used = ""]) => used)
        .filter(
          (used) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used) && !used.startsWith("./"),
        )
        .map((used) => `${file}: ${used}`),
    );
    expect(loose).toEqual([]);
  });

  test("may read the repository, and a job more only where it says so", () => {
    for (const { workflow } of parsed) expect(workflow.permissions).toEqual({ contents: "read" });
    const writes = parsed.flatMap(({ file, workflow }) =>
      Object.entries(workflow.jobs).flatMap(([name, { permissions = {} }]) =>
        Object.entries(permissions)
          .filter(([, access]) => access === "write")
          .map(([what]) => `${file} ${name}: ${what}`),
      ),
    );
    expect(writes.sort()).toEqual([
      "deploy-environment.yml deploy: id-token",
      ...names.map((name) => `deploy.yml ${name}: id-token`).sort(),
      "drift.yml drift: id-token",
      "drift.yml drift: issues",
      "plan.yml plan: id-token",
      "plan.yml plan: pull-requests",
    ]);
  });

  test("know no secret, and never run a fork's code with the repository's rights", () => {
    for (const { text } of workflows)
      expect(text).not.toMatch(/secrets\.|pull_request_target|credentials_json/);
  });

  test("leave no token of GitHub's behind in the checkout", () => {
    for (const { text } of workflows) {
      const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
      expect(count(/persist-credentials: false/g)).toBe(count(/actions\/checkout@/g));
    }
  });

  const stepsOf = (file: string) =>
    Object.values(parsed.find((each) => each.file === file)?.workflow.jobs ?? {}).flatMap(
      ({ steps = [] }) => steps,
    );

  test("have Terraform wait for a lock, and never cut it off while it holds one", () => {
    const files = ["plan.yml", "drift.yml", "deploy-environment.yml"];
    for (const file of files) {
      const runs = stepsOf(file).flatMap(
        ({ run = "" }) => run.match(/platform.js (plan|verify|deploy) .*/g) ?? [],
      );
      expect(runs.filter((run) => !run.includes("--lock-wait "))).toEqual([]);
      expect(runs).not.toEqual([]);
    }
    const cancelling = parsed.filter(({ workflow }) => workflow.concurrency?.["cancel-in-progress"]);
    expect(cancelling.map(({ file }) => file)).toEqual(["ci.yml"]);
    // The runner signals the step's own process, and npm or a shell between would keep that to itself.
    expect(stepsOf("deploy-environment.yml").find(({ name }) => name === "deploy")?.run).toMatch(
      /^exec node /,
    );
  });

  test("write a plan only into a comment of their own", () => {
    const comment = stepsOf("plan.yml").find(({ name }) => name === "comment")?.run;
    expect(comment).toContain('select(.user.login == \\"github-actions[bot]\\"');
  });

  test("have Terraform wherever the whole check runs: without it the faults are skipped", () => {
    const steps = stepsOf("ci.yml").map(({ uses = "", run = "" }) => uses + run);
    const check = steps.findIndex((step) => step.includes(".ci/run"));
    expect(steps[check - 1]).toMatch(/^hashicorp\/setup-terraform@/);
  });

  test("plan, watch and deploy every environment of the repository", () => {
    for (const { file, workflow } of parsed) {
      for (const { strategy } of Object.values(workflow.jobs))
        if (strategy?.matrix?.environment) expect([file, strategy.matrix.environment]).toEqual([file, names]);
    }
    const deploy = parsed.find(({ file }) => file === "deploy.yml");
    expect(Object.keys(deploy?.workflow.jobs ?? {})).toEqual(names);
    expect(Object.values(deploy?.workflow.jobs ?? {}).map(({ needs }) => needs)).toEqual([
      undefined,
      ...names.slice(0, -1),
    ]);
  });
});
