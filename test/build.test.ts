import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

// A repository as small as the build allows, with a CDKTF of one line.
const root = mkdtempSync(join(tmpdir(), "build-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const put = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
for (const part of ["build", "build.mjs", "run.mjs"]) cpSync(part, join(root, part), { recursive: true });
for (const folder of ["constructs", "examples", "rehearsal", "stacks"]) mkdirSync(join(root, folder));
put("package.json", JSON.stringify({ imports: { "#library": "./dist/library.js" } }));
put("cli/support/no-archiver.ts", "export {}");
put("cli/hello.ts", 'import { word } from "../src/word"; console.log(word, ...process.argv.slice(2));');
put(
  "src/main.ts",
  'import { version } from "cdktf"; import { word } from "./word"; console.log(word, version);',
);
put("src/word/index.ts", 'export const word = "one";');
put("node_modules/cdktf/index.js", 'exports.version = "1";');
symlinkSync(resolve("node_modules/esbuild"), join(root, "node_modules/esbuild"));

const run = (...args: string[]) =>
  execFileSync(process.execPath, ["run.mjs", ...args], { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
const built = () =>
  ["dist/src/main.js", "dist/library.js"].map((file) => statSync(join(root, file), { bigint: true }).mtimeNs);

describe("what runs is what the files hold", () => {
  test("at first, with the arguments it was given", () => {
    expect(run("cli/hello", "--help", "two words")).toBe("one --help two words");
    expect(run("src/main")).toBe("one 1");
  });

  test("nothing is built while nothing changed, whatever the times say: esbuild isn't loaded", () => {
    const before = built();
    const esbuild = join(root, "node_modules/esbuild");
    rmSync(esbuild);
    utimesSync(join(root, "src/word/index.ts"), new Date(), new Date());
    expect(run("src/main")).toBe("one 1");
    symlinkSync(resolve("node_modules/esbuild"), esbuild);
    expect(built()).toEqual(before);
  });

  test("after an edit that keeps the time and the length", () => {
    const file = join(root, "src/word/index.ts");
    const { atime, mtime } = statSync(file);
    put("src/word/index.ts", 'export const word = "two";');
    utimesSync(file, atime, mtime);
    expect(run("src/main")).toBe("two 1");
  });

  test("after a new file that takes the place of another", () => {
    put("src/word.ts", 'export const word = "three";');
    expect(run("src/main")).toBe("three 1");
  });

  test("after a change in what is installed, without a new lock file", () => {
    put("node_modules/cdktf/index.js", 'exports.version = "2";');
    expect(run("src/main")).toBe("three 2");
  });

  test("without a word about what others' code should no longer do", () => {
    put(
      "node_modules/cdktf/index.js",
      'process.emitWarning("old", "DeprecationWarning");exports.version = "2";',
    );
    const { stdout, stderr } = spawnSync(process.execPath, ["run.mjs", "src/main"], {
      cwd: root,
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual(["three 2\n", ""]);
  });

  test("after a bundle was damaged or lost", () => {
    put("dist/src/main.js", "console.log('stale')");
    expect(run("src/main")).toBe("three 2");
    rmSync(join(root, "dist/library.js"));
    expect(run("src/main")).toBe("three 2");
  });

  test("without the bundles of a program that is gone", () => {
    rmSync(join(root, "cli/hello.ts"));
    expect(run("src/main")).toBe("three 2");
    expect(existsSync(join(root, "dist/cli/hello.js"))).toBe(false);
  });

  test("fails when a program does not build, and runs no former one", () => {
    put("src/word.ts", 'export const word = "four;');
    expect(() => run("src/main")).toThrow("Unterminated string literal");
  });
});
