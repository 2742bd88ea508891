// What takes seconds each: the guard that cleans up after a rehearsal (needs Go), its page in a real browser, the real charts.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["**/test/rehearsal/**/*.slow.ts"],
};
