import { setTimeout as sleep } from "node:timers/promises";

/** Waits until the check is true; fails after a minute with what was waited for. */
export async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await check()) return;
    await sleep(100);
  }
  throw new Error(`still waiting for ${what} after a minute`);
}
