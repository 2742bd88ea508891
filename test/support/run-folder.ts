import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that the test files of a run share, whichever process they are in; Jest hands the variable on. */
export const RUN_FOLDER = "TEST_RUN_FOLDER";

/** Set while `npm test -- -u` records what is there now; Jest's workers do not see the flag itself. */
export const RECORDING = "TEST_RECORDING";

export default function makeRunFolder({ updateSnapshot }: { readonly updateSnapshot: string }): void {
  process.env[RUN_FOLDER] = mkdtempSync(join(tmpdir(), "test-run-"));
  if (updateSnapshot === "all") process.env[RECORDING] = "yes";
}

export function removeRunFolder(): void {
  rmSync(process.env[RUN_FOLDER]!, { recursive: true, force: true });
}
