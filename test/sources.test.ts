import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// What must not stand in the sources because it works at first, and fails later or elsewhere (docs/known-traps.md).

const programs = ["constructs", "stacks", "src", "cli"].flatMap(sources);
const everything = [...programs, ...sources("test"), ...sources("examples")];

function sources(folder: string): { file: string; code: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file))
    .map((file) => ({ file, code: withoutComments(readFileSync(file, "utf8")) }));
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** Files, but this one, whose code holds the pattern. */
function holding(pattern: RegExp, files = programs): string[] {
  return files
    .filter(({ file, code }) => file !== "test/sources.test.ts" && pattern.test(code))
    .map(({ file }) => file);
}

test("no Aspects: on an app they never run, and nothing says so", () => {
  expect(holding(/\bAspects\b/)).toEqual([]);
});

test("no Testing.synth: it renders references between stacks wrongly and skips validations", () => {
  expect(holding(/\bTesting\.(synth|fullSynth|synthScope)\b/, everything)).toEqual([]);
});

test("no Fn.yamlencode or Fn.jsonencode: quotes and %{ in a value make invalid Terraform", () => {
  expect(holding(/\bFn\.(yamlencode|jsonencode)\b/)).toEqual([]);
});

test("no remote state: it copies another stack's secrets, without their mark as sensitive", () => {
  expect(holding(/RemoteState/)).toEqual([]);
});

test("no index import of a provider: it loads 1,500 modules", () => {
  expect(holding(/from "@cdktf\/provider-[a-z]+"/, everything)).toEqual([]);
});

test("no kubernetes_manifest: it needs the cluster and its CRDs at plan time", () => {
  expect(holding(/provider-kubernetes\/lib\/manifest"/)).toEqual([]);
});

test("no DataResource: each starts Terraform in every synthesis, to ask for its version", () => {
  expect(holding(/\bDataResource\b/)).toEqual([]);
});

test("no zipped asset: CDKTF makes it by running the program's file again, which in a bundle is the whole program", () => {
  expect(holding(/type: AssetType\.ARCHIVE/)).toEqual([]);
  expect(readFileSync("build/bundle.mjs", "utf8")).toContain('archiver: "./cli/support/no-archiver.ts"');
});

test("no hook in a module that tests share: it is loaded once for each worker, so the hook runs for its first file alone", () => {
  const shared = everything.filter(({ file }) => !/\.(test|slow|fault)\.ts$/.test(file));
  expect(holding(/^(before|after)(Each|All)\(/m, shared)).toEqual([]);
});

describe("package.json", () => {
  const { engines, dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const all: Record<string, string> = { ...dependencies, ...devDependencies };

  test("pins every version: the next TypeScript has no compiler API, the next constructs no fork of CDKTF", () => {
    expect(
      Object.entries(all).filter(([, version]) => !/^(npm:cdktn@)?\d+\.\d+\.\d+$/.test(version)),
    ).toEqual([]);
  });

  test("takes every Node that is kept up, and brings no cdktf-cli, whose terminal crashes from 24 on", () => {
    expect(engines.node).toBe(">=20.19");
    expect(Object.keys(packages).filter((path) => /cdktf-cli|node-pty/.test(path))).toEqual([]);
  });

  test("has CDKTF or its fork, never both: side by side a synthesis throws", () => {
    expect(Object.keys(all).filter((name) => /^(cdktn|cdktn-cli|@cdktn\/.*)$/.test(name))).toEqual([]);
  });
});
