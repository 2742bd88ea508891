import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import { environments } from "../../src/environments";
import { withoutStackTraces } from "../../src/without-stack-traces";

/** Every file that a synthesis writes, by its path. */
function files(): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    withoutStackTraces(() => buildApp(defineEnvironments(environments).environments, { outdir }).synth());
    const paths = readdirSync(outdir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(paths.map((path) => [path.slice(outdir.length), readFileSync(path, "utf8")]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const first = files();

test("two runs write the same bytes", () => {
  expect(files()).toEqual(first);
});

test("the folder it runs in leaves no trace", () => {
  const root = process.cwd();
  try {
    process.chdir("src");
    expect(files()).toEqual(first);
  } finally {
    process.chdir(root);
  }
  for (const content of Object.values(first)) expect(content).not.toContain(root);
});

test("neither the clock nor the environment leaves a trace", () => {
  const before = { ...process.env };
  try {
    jest.useFakeTimers({ now: new Date("2031-05-06T07:08:09Z") });
    jest.spyOn(Math, "random").mockReturnValue(0.123456);
    Object.assign(process.env, {
      HOME: "/elsewhere",
      USER: "somebody",
      TZ: "Pacific/Auckland",
      LANG: "de_DE.UTF-8",
    });
    expect(files()).toEqual(first);
  } finally {
    jest.useRealTimers();
    jest.restoreAllMocks();
    process.env = before;
  }
});
