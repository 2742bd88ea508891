import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that the test files of a run share, whichever process they are in; Jest hands the variable on. */
export const RUN_FOLDER = "TEST_RUN_FOLDER";

export default function makeRunFolder(): void {
  process.env[RUN_FOLDER] = mkdtempSync(join(tmpdir(), "test-run-"));
}

export function removeRunFolder(): void {
  rmSync(process.env[RUN_FOLDER]!, { recursive: true, force: true });
}
