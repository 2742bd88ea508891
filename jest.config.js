const { buildSync } = require("esbuild");

// Jest loads modules one by one and afresh for each test file. cdktf's 300 take 0.3 s each time, its bundle a tenth.
const cdktf = "node_modules/.cache/cdktf.js";
buildSync({
  entryPoints: ["cdktf"],
  external: ["constructs"],
  alias: { archiver: "./cli/support/no-archiver.ts" },
  bundle: true,
  platform: "node",
  outfile: cdktf,
  logLevel: "error",
});

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // Not only the tests: `--findRelatedTests` and `--watch` follow the sources.
  roots: ["cli", "constructs", "examples", "rehearsal", "src", "stacks", "test"].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testMatch: ["**/*.test.ts"],
  // A hang, not a machine that is busy with something else: 5 s were not enough for tests that start programs.
  testTimeout: 30_000,
  globalSetup: "<rootDir>/test/support/run-folder.ts",
  globalTeardown: "<rootDir>/test/support/remove-run-folder.ts",
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
  // Jest leaves one processor free; on the two of a small machine that is half of them.
  maxWorkers: "100%",
  moduleNameMapper: { "^cdktf$": `<rootDir>/${cdktf}` },
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
};
