import { terraformOptions } from "../../../cli/platform/commands/shared-options";
import type { Command } from "../../../cli/platform/command";
import type { Context } from "../../../cli/platform/context";
import { Exit, UserError } from "../../../cli/platform/exit";
import { runProgram } from "../../../cli/platform/program";
import { demo } from "../../../examples/minimal/demo";
import { Collected } from "./test-context";

async function platform(run: (context: Context) => Promise<number>, ...args: string[]) {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const command: Command = {
    description: {
      name: "try",
      summary: "Try something.",
      environment: "required",
      options: [{ flags: "--allow <address...>", summary: "allow it" }, ...terraformOptions],
      exits: { 0: "fine", 7: "odd" },
    },
    run,
  };
  const code = await runProgram([command], args, {
    env: {},
    root: "/nowhere",
    stdout,
    stderr,
    environments: [demo],
    now: () => 0,
    sleep: () => Promise.resolve(),
    stop: new AbortController().signal,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

const fine = () => Promise.resolve(Exit.ok);

describe("the frame around every command", () => {
  test("gives the command its environment and options, and returns its code", async () => {
    const seen: unknown[] = [];
    const { code } = await platform(
      (context) => {
        seen.push(context.name, context.options.list("allow"), context.command);
        return Promise.resolve(7);
      },
      "try",
      "dev",
      "--allow",
      "a.b",
      "c.d",
    );
    expect(code).toBe(7);
    expect(seen).toEqual(["dev", ["a.b", "c.d"], "try"]);
  });

  test("a command's help tells its exit codes", async () => {
    const { code, stdout } = await platform(fine, "try", "--help");
    expect(code).toBe(0);
    expect(stdout).toContain("Exit codes:\n  0  fine\n  7  odd\n");
  });

  test("fails on an unknown command, and without an environment", async () => {
    expect(await platform(fine, "fly")).toMatchObject({ code: 1, stderr: "error: unknown command 'fly'\n" });
    expect(await platform(fine, "try")).toMatchObject({
      code: 1,
      stderr: 'error: name an environment: "demo"\n',
    });
  });

  test.each([[["fly", "--help"]], [["help", "fly"]], [["--help", "fly"]]])(
    "fails on an unknown command whose help is asked for: %p",
    async (args) => {
      expect(await platform(fine, ...args)).toEqual({
        code: 1,
        stdout: "",
        stderr: "error: unknown command 'fly'\n",
      });
    },
  );

  test("fails with the message and the code of a UserError; with --json as a document too", async () => {
    const run = () => Promise.reject(new UserError("no", Exit.toolMissing));
    expect(await platform(run, "try", "dev")).toEqual({ code: 3, stdout: "", stderr: "error: no\n" });
    expect((await platform(run, "try", "dev", "--json")).stdout).toBe('{\n  "error": "no"\n}\n');
  });

  test("fails with the stack of anything else: it is a bug", async () => {
    const { code, stderr } = await platform(() => Promise.reject(new TypeError("oops")), "try", "dev");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: TypeError: oops\n {4}at /);
  });

  test("fails on a limit that is no number of seconds", async () => {
    const { code, stderr } = await platform(fine, "try", "dev", "--quiet-limit", "soon");
    expect(code).toBe(1);
    expect(stderr).toBe('error: --quiet-limit must be a number of seconds, got "soon"\n');
  });

  test("fails on an environment that is not there, and names those that are", async () => {
    const named = (context: Context) => Promise.resolve(context.environment().name.length);
    expect((await platform(named, "try", "dev")).stderr).toBe(
      'error: environment must be one of "demo", got "dev"\n',
    );
  });
});
