// Faults against the real Terraform: minutes, not seconds, and not part of `npm test`.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["**/test/faults/**/*.fault.ts"],
  globalSetup: "<rootDir>/test/faults/support/build.ts",
  globalTeardown: undefined,
  testTimeout: 120_000,
};
