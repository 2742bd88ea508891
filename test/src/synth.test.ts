import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { demo } from "../../examples/minimal/demo";
import { synth } from "../../src/synth";

/** Runs the command as `main.ts` does: what it said, its exit code, what it wrote. */
function run(configs: readonly unknown[]): { stderr: string; exitCode: number; written: string[] } {
  const parent = mkdtempSync(join(tmpdir(), "synth-"));
  const outdir = join(parent, "cdktf.out");
  const said: string[] = [];
  const spy = jest.spyOn(console, "error").mockImplementation((text) => void said.push(String(text)));
  const warn = jest.spyOn(console, "warn").mockImplementation(() => undefined);
  try {
    synth(configs as EnvironmentConfig[], "src/environments", { outdir });
    return {
      stderr: said.join("\n"),
      exitCode: Number(process.exitCode ?? 0),
      written: existsSync(outdir) ? readdirSync(outdir) : [],
    };
  } finally {
    process.exitCode = undefined;
    spy.mockRestore();
    warn.mockRestore();
    rmSync(parent, { recursive: true, force: true });
  }
}

describe("the command", () => {
  test("writes the stacks of a good environment", () => {
    expect(run([demo])).toEqual({ stderr: "", exitCode: 0, written: ["manifest.json", "stacks"] });
  });

  test.each<[string, unknown[]]>([
    ["a typo in a key", [{ ...demo, regoin: "us-central1" }]],
    ["a token inside a name", [{ ...demo, name: "${TfToken[TOKEN.0]}" }]],
    ["a duplicate environment", [demo, demo]],
    ["an empty environment", [{}]],
    ["no environment at all", []],
    ["something else than an object", [undefined]],
  ])("fails at %s with one message, exit code 1 and nothing written", (_what, configs) => {
    const { stderr, exitCode, written } = run(configs);
    expect({ exitCode, written }).toEqual({ exitCode: 1, written: [] });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/\n\s+at .*\(/);
  });

  test("fails with a stack trace when DEBUG is set", () => {
    process.env["DEBUG"] = "1";
    try {
      expect(run([{}]).stderr).toMatch(/Error: environment/);
    } finally {
      delete process.env["DEBUG"];
    }
  });
});
