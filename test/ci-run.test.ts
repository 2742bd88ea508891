import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `.ci/run` with an `npm` that ends as it is told to, on a machine that has hardly anything. */
function run(endings: Readonly<Record<string, number>>, ...parts: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "ci-run-"));
  const cases = Object.entries(endings).map(([words, code]) => `*"${words}"*) exit ${code};;`);
  const npm = `#!/bin/sh\ncase "$*" in ${cases.join(" ")} test) echo "Tests:       7 passed, 7 total";; esac\n`;
  writeFileSync(join(folder, "npm"), npm, { mode: 0o755 });
  const { status, stdout } = spawnSync("bash", ["--norc", ".ci/run", ...parts], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    env: { PATH: `${folder}:/usr/bin:/bin` },
  });
  rmSync(folder, { recursive: true });
  const summary = stdout.slice(stdout.indexOf("== summary")).split("\n");
  return { status, summary: summary.filter((line) => !/^(==|Tests:|$)|for want of Terraform/.test(line)) };
}

test("a program that is missing is said, and is no failure", () => {
  expect(run({ "workflows -- check": 3, "run --silent scan": 3, "rehearse -- --build": 3 })).toEqual({
    status: 0,
    summary: [
      "skipped: workflows, for want of Python",
      "skipped: scan, for want of checkov",
      "skipped: rehearsal's tools, for want of Go",
      "7 passed, 0 failed",
    ],
  });
});

test("what is there and fails is a failure", () => {
  const { status, summary } = run({ "silent lint": 1, "workflows -- check": 1, "rehearse -- --all": 1 });
  expect(status).toBe(1);
  expect(summary).toEqual([
    "failed: npm run --silent lint",
    "failed: npm run --silent workflows -- check",
    "failed: rehearse --all",
    "7 passed, 3 failed",
  ]);
});

test("the rehearsal can be left out, and run alone", () => {
  expect(run({ rehearse: 1 }, "checks").status).toBe(0);
  expect(run({ lint: 1, "npm test": 1 }, "rehearsal")).toEqual({
    status: 0,
    summary: ["0 passed, 0 failed"],
  });
  expect(run({ "rehearse -- --build": 2 }, "rehearsal").status).toBe(1);
});
