import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "../../../cli/platform/commands";
import { appOf, environmentFile } from "../../../cli/platform/app";
import { Options, type OptionValues } from "../../../cli/platform/options";
import { runProgram } from "../../../cli/platform/program";
import { demo } from "../../../examples/minimal/demo";
import { dev } from "../../support/environments/dev";
import { Collected } from "./test-context";

const root = mkdtempSync(join(tmpdir(), "app-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A program as `main.ts` is: it says its environments where it is asked, and otherwise writes. */
function program(path: string, body: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), body);
}
const saying = `if (process.argv.includes("--list-environments")) process.stdout.write(${JSON.stringify(JSON.stringify([demo]))});`;
program("dist/examples/minimal/main.js", saying);
program("dist/examples/loud/main.js", 'console.log("hello")');
program("dist/examples/silent/main.js", "");
program("dist/examples/broken/main.js", 'console.error("error: region must be"); process.exit(1)');
program("examples/minimal/demo.ts", 'export const demo = { name: "demo" };');
program("own.js", saying);
program("dev.json", "{}");

const app = (options: OptionValues) => appOf(root, new Options(options), [dev]);
const names = (options: OptionValues) =>
  app(options)
    .configs()
    .map(({ name }) => name);

describe("the program that a command is about", () => {
  test("is the repository's own, whose environments are at hand", () => {
    expect(app({}).program).toBe("dist/src/main.js");
    expect(names({})).toEqual(["dev"]);
  });

  test.each<[OptionValues, string]>([
    [{ example: "minimal" }, "dist/examples/minimal/main.js"],
    [{ app: "examples/minimal/main.ts" }, "dist/examples/minimal/main.js"],
    [{ app: "examples/minimal/" }, "dist/examples/minimal/main.js"],
    [{ app: "dist/examples/minimal/main.js" }, "dist/examples/minimal/main.js"],
    [{ app: "own.js" }, "own.js"],
  ])("is named by %j, and says its environments", (options, program) => {
    expect(app(options).program).toBe(program);
    expect(names(options)).toEqual(["demo"]);
  });

  test.each<[OptionValues, string]>([
    [{ example: "minimum" }, '--example must be one of "broken", "loud", "minimal", "silent", got "minimum"'],
    [{ app: "examples/minimum/main.ts" }, 'got "examples/minimum/main.ts", which is not there'],
    [{ app: "examples/minimal/demo.ts" }, 'got "examples/minimal/demo.ts", which is no program'],
    [{ app: "dev.json" }, 'got "dev.json", which is no program'],
    [{ app: "own.js", example: "minimal" }, "--app and --example both name the program; give one of them"],
    [{ example: "loud" }, 'must say its environments, got "hello"; let it call synth of src/synth.ts'],
    [{ example: "broken" }, "region must be"],
  ])("fails for %j", (options, problem) => {
    expect(() => names(options)).toThrow(problem);
  });

  test("may say nothing of its environments: what is asked about one fails then", () => {
    expect(names({ example: "silent" })).toEqual([]);
  });

  test("has its environments' files where it lies itself", () => {
    expect(environmentFile("demo", new Options({ example: "minimal" }))).toBe("examples/minimal/demo.ts");
    expect(environmentFile("demo", new Options({ app: "examples/minimal/main.ts" }))).toBe(
      "examples/minimal/demo.ts",
    );
  });
});

test.each(commands.filter(({ description }) => !description.ownOnly))(
  "$description.name takes the example's environment",
  async ({ description }) => {
    const seen: string[] = [];
    const command = {
      description,
      run: (context: Parameters<(typeof commands)[number]["run"]>[0]) => {
        seen.push(...context.environments().map(({ name }) => name));
        return Promise.resolve(0);
      },
    };
    const args = [description.name, ...(description.environment === "none" ? [] : ["demo"])];
    const code = await runProgram([command], [...args, "--example", "minimal"], {
      env: {},
      root,
      stdout: new Collected(),
      stderr: new Collected(),
      environments: [dev],
      now: () => 0,
      sleep: () => Promise.resolve(),
      stop: new AbortController().signal,
    });
    expect([code, seen]).toEqual([0, ["demo"]]);
  },
);
