import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Stack } from "../workspace";

const execute = promisify(execFile);
const LARGEST = 512 * 1024 * 1024;

interface Shown {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[]; readonly before: Protected | null };
  }[];
}

interface Protected {
  readonly deletion_protection?: unknown;
  readonly settings?: readonly { readonly deletion_protection_enabled?: unknown }[];
}

/**
 * Addresses that a saved plan destroys and that Google, or its provider, would refuse to delete half way through.
 * What counts is the protection in the state, not the one in the configuration.
 *
 * Through a pipe, not a log file: a shown plan holds values in clear.
 */
export async function protectedInState(
  stack: Stack,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const { stdout } = await execute("terraform", [`-chdir=${stack.folder}`, "show", "-json", file], {
    env: { ...env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
    maxBuffer: LARGEST,
  });
  return protectedAddresses(JSON.parse(stdout) as Shown);
}

export function protectedAddresses({ resource_changes: changes = [] }: Shown): readonly string[] {
  return changes
    .filter(({ change }) => change.actions.includes("delete") && isProtected(change.before))
    .map(({ address }) => address);
}

function isProtected(before: Protected | null): boolean {
  if (before?.deletion_protection === true) return true;
  const { settings } = before ?? {};
  return Array.isArray(settings) && settings.some((each) => each?.deletion_protection_enabled === true);
}
