require("tsx/cjs"); // Jest itself loads the two files of the run's folder.

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
  // One load of CDKTF and of our own modules for each worker, not for each file: half of the time of all tests. What a test
  // changes outside of itself (environment variables, spies), it puts back.
  runner: ["<rootDir>/test/support/runner.mjs", { runtime: "child_process" }],
  setupFiles: ["<rootDir>/test/support/worker.mjs"],
  transform: {},
  // Jest leaves one processor free; on the two of a small machine that is half of them.
  maxWorkers: "100%",
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
};
