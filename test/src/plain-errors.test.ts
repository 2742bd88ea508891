import { spawnSync } from "node:child_process";
import { buildSync } from "esbuild";

/** Runs a program that loads an environment's file after src/plain-errors, as `main.ts` does. */
function run(environment: string): { status: number | null; stdout: string; stderr: string } {
  const { outputFiles } = buildSync({
    stdin: { contents: `import "./src/plain-errors";\n${environment}`, resolveDir: "." },
    bundle: true,
    platform: "node",
    write: false,
  });
  const program = outputFiles[0]?.text ?? "";
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("an environment file that cannot be loaded", () => {
  test("fails with one line and exit code 1", () => {
    expect(run("export const dev = { labels: commonLabels };")).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "error: the environments cannot be loaded: commonLabels is not defined; `npm run typecheck` says where\n",
    });
  });

  test("fails with a circular import as the likely reason, where something is not there yet", () => {
    expect(run("const early = later; export const dev = early.labels; const later = {};").stderr).toMatch(
      /^error: the environments cannot be loaded: .*(before initialization|of undefined).*; does its file import one that imports it in turn\? Otherwise `npm run typecheck` says where\n$/,
    );
  });

  test("changes nothing for one that can", () => {
    expect(run('console.log("loaded");')).toEqual({ status: 0, stdout: "loaded\n", stderr: "" });
  });
});
