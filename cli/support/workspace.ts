import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Ends the program with what `run` gives, or `failed` and the message where it throws. Its folder goes in any case. */
export async function inWorkspace(
  prefix: string,
  run: (workspace: string) => Promise<number>,
  failed: number,
): Promise<void> {
  const workspace = mkdtempSync(join(tmpdir(), prefix));
  try {
    process.exitCode = await run(workspace);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = failed;
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}
