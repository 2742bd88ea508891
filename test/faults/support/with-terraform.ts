import { execFileSync } from "node:child_process";

function terraformIsThere(): boolean {
  try {
    execFileSync("terraform", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** `describe`, or a skip that says why. */
export const describeWithTerraform: jest.Describe = terraformIsThere()
  ? describe
  : (Object.assign(
      (name: string, tests: () => void) =>
        describe.skip(`${name} (skipped: terraform is not on the PATH)`, tests),
      describe,
    ) as jest.Describe);
