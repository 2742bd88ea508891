import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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
  readonly if?: string;
  readonly with?: { readonly environment: string; readonly ask: boolean };
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

const jobsOf = (file: string) => parsed.find((each) => each.file === file)?.workflow.jobs ?? {};

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

  const stepsOf = (file: string) => Object.values(jobsOf(file)).flatMap(({ steps = [] }) => steps);

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
    const check = steps.findIndex((step) => step.endsWith(".ci/run checks"));
    expect(steps[check - 1]).toMatch(/^hashicorp\/setup-terraform@/);
  });

  test("plan, watch and deploy every environment of the repository", () => {
    for (const { file, workflow } of parsed) {
      for (const { strategy } of Object.values(workflow.jobs))
        if (strategy?.matrix?.environment) expect([file, strategy.matrix.environment]).toEqual([file, names]);
    }
    expect(Object.keys(jobsOf("deploy.yml"))).toEqual(names);
    expect(Object.values(jobsOf("deploy.yml")).map(({ needs }) => needs)).toEqual([
      undefined,
      ...names.slice(0, -1),
    ]);
  });

  test("give CI's rehearsal Go, and keep what was built with it", () => {
    const used = (jobsOf("ci.yml")["rehearsal"]?.steps ?? []).map(({ uses = "", run = "" }) => uses + run);
    expect(used.findIndex((step) => step.startsWith("actions/setup-go@"))).toBeLessThan(
      used.findIndex((step) => step.endsWith(".ci/run rehearsal")),
    );
    expect(used.filter((step) => step.startsWith("actions/cache@"))).toHaveLength(1);
  });
});

describe("deploy.yml", () => {
  const jobs = jobsOf("deploy.yml");
  /** Jobs that run. GitHub's expressions are JavaScript's, as far as these go. */
  const run = (event: string, { chosen = "", stops = "", variable = "true" } = {}) => {
    const needs: Record<string, { outputs: { deployed: string } }> = {};
    return Object.entries(jobs)
      .filter(([name, { if: condition = "" }]) => {
        const source = /^\$\{\{(.*)\}\}$/s.exec(condition)?.[1] ?? "";
        const goes = new Function("needs", "vars", "github", "inputs", "cancelled", `return ${source}`) as (
          ...contexts: unknown[]
        ) => boolean;
        const runs = goes(
          needs,
          { DEPLOY: variable },
          { event_name: event },
          { environment: chosen },
          () => false,
        );
        needs[name] = { outputs: { deployed: runs && name !== stops ? "yes" : "" } };
        return runs;
      })
      .map(([name]) => name);
  };

  test("goes from one to the next on a push, and no further than to the first that was not deployed", () => {
    expect(run("push")).toEqual(names);
    expect(run("push", { stops: names[0] })).toEqual(names.slice(0, 1));
  });

  test.each(names)("deploys %s alone when somebody asks for it by hand", (chosen) => {
    expect(run("workflow_dispatch", { chosen })).toEqual([chosen]);
  });

  test("sleeps until DEPLOY is true", () => {
    expect(run("push", { variable: "" })).toEqual([]);
  });

  test("has somebody asked before what has deletionProtection", () => {
    const asks = Object.values(jobs).map((job) => [job.with?.environment, job.with?.ask]);
    const { environments: defined } = defineEnvironments(environments);
    expect(asks).toEqual(defined.map(({ name, deletionProtection }) => [name, deletionProtection]));
  });
});

describe("whether somebody is asked", () => {
  const { run: script = "" } =
    jobsOf("deploy-environment.yml")["asked"]?.steps?.find(({ run = "" }) => run !== "") ?? {};

  /** What the step decides where `gh` ends with that code and says that number. */
  function decided(given: { readonly event?: string; readonly ask?: string; readonly gh: string }): string {
    const folder = mkdtempSync(join(tmpdir(), "asked-"));
    writeFileSync(join(folder, "gh"), `#!/bin/sh\n${given.gh}\n`, { mode: 0o755 });
    const files = { GITHUB_OUTPUT: join(folder, "output"), GITHUB_STEP_SUMMARY: join(folder, "summary") };
    for (const file of Object.values(files)) writeFileSync(file, "");
    execFileSync("bash", ["--norc", "-e", "-c", script], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: `${folder}:${process.env["PATH"]}`,
        REPOSITORY: "acme/flyte",
        NAME: "prod",
        ASK: given.ask ?? "true",
        EVENT: given.event ?? "push",
        ...files,
      },
    });
    const [output, summary] = Object.values(files).map((file) => readFileSync(file, "utf8"));
    rmSync(folder, { recursive: true });
    return output!.trim() || summary!.trim();
  }

  test.each([
    ["there are reviewers", { gh: "echo 2" }],
    ["it was started by hand", { gh: "exit 9", event: "workflow_dispatch" }],
    ["nothing in it is protected", { gh: "exit 9", ask: "false" }],
  ])("it goes on: %s", (_, given) => expect(decided(given)).toBe("go=yes"));

  test.each([
    ["the plan has no reviewers", "echo 0"],
    ["there is no such environment", 'echo \'{"message":"Not Found"}\'; exit 1'],
  ])("it stops, and says how to go on: %s", (_, gh) =>
    expect(decided({ gh })).toBe(
      "**prod was not deployed**: its GitHub environment has no reviewers. By hand: `gh workflow run deploy.yml --repo acme/flyte --field environment=prod`",
    ),
  );
});
