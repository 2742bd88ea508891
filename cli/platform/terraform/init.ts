import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LOCK_FILE } from "../../../src/provider-lock";
import type { Context } from "../context";
import type { RunResult } from "./run";

const FIRST_PAUSE = 1_000;
const TRIES = 5;

/** What goes by itself: Google is busy, a connection broke, or another run is just making the first state. */
const passing =
  /tflock" failed|Error (429|50[0-4])|connection re(set|fused)|unexpected EOF|TLS handshake|i\/o timeout/i;

/**
 * Arguments of an init. Where the repository locks its providers, a package with another hash is an error, and so is a
 * provider that is not locked.
 */
export function initArgs(root: string, folder: string): readonly string[] {
  const locked = [root, folder].every((each) => existsSync(join(each, LOCK_FILE)));
  return ["init", "-input=false", "-json", ...(locked ? ["-lockfile=readonly"] : [])];
}

/** Runs an init that changes nothing but its folder, again when it met something that passes. */
export async function tryInit(
  { sleep, stop }: Pick<Context, "sleep" | "stop">,
  init: () => Promise<RunResult>,
): Promise<RunResult> {
  for (let tries = 1, pause = FIRST_PAUSE; ; tries++, pause *= 2) {
    const result = await init();
    const errors = result.diagnostics.map(({ summary, detail = "" }) => `${summary} ${detail}`);
    const ended = result.ending.how === "exited" && result.ending.code !== 0;
    if (!ended || tries >= TRIES || stop.aborted || !errors.some((error) => passing.test(error)))
      return result;
    await sleep(pause);
  }
}

/**
 * Removes what a killed `terraform init` leaves: an empty record of its backend, with which every later run fails
 * ("Failed to load state: unexpected end of JSON input"). It is no state: that is in the bucket.
 */
export function forgetHalfInit(folder: string): void {
  const file = join(folder, ".terraform", "terraform.tfstate");
  try {
    JSON.parse(readFileSync(file, "utf8"));
  } catch {
    rmSync(file, { force: true });
  }
}
