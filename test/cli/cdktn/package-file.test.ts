import { readFileSync } from "node:fs";
import { withCdktf, withFork, withTheOther } from "../../../cli/cdktn/package-file";

const here = readFileSync("package.json", "utf8");
const archived = withCdktf(here);
const fork = withFork(here);

describe("this repository's package.json", () => {
  test("has one of the two, and the way back gives what it was", () => {
    expect([archived, fork]).toContain(here);
    expect(withCdktf(fork)).toBe(archived);
    expect(withFork(archived)).toBe(fork);
    expect(withTheOther(archived)).toBe(fork);
    expect(withTheOther(fork)).toBe(archived);
  });

  test("takes the fork under the name that is imported, for the bindings too, and keeps what else it says", () => {
    const { dependencies, overrides, ...rest } = JSON.parse(fork);
    const before = JSON.parse(archived);
    expect(dependencies).toEqual({ ...before.dependencies, cdktf: "npm:cdktn@0.24.0" });
    expect(overrides).toEqual({ ...before.overrides, cdktf: "$cdktf" });
    expect(rest).toEqual({ ...before, dependencies: undefined, overrides: undefined });
  });
});
