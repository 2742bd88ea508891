import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { driftOf, type ShownPlan } from "../plan/drift";
import type { Stack } from "../workspace";
import type { Drift } from "./results";

const execute = promisify(execFile);
const LARGEST = 512 * 1024 * 1024;

interface Shown extends ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[]; readonly before: Protected | null };
  }[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Through a pipe, not a log file: a shown plan holds values in clear. */
async function show({ folder }: Stack, file: string, env: Environment): Promise<Shown> {
  const { stdout } = await execute("terraform", [`-chdir=${folder}`, "show", "-json", file], {
    env: { ...env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
    maxBuffer: LARGEST,
  });
  return JSON.parse(stdout) as Shown;
}

/** What a saved plan knows of changes made outside Terraform. */
export async function driftIn(stack: Stack, file: string, env: Environment): Promise<readonly Drift[]> {
  return driftOf(await show(stack, file, env));
}

interface Protected {
  readonly deletion_protection?: unknown;
  readonly settings?: readonly { readonly deletion_protection_enabled?: unknown }[];
}

/**
 * Addresses that a saved plan destroys and that Google, or its provider, would refuse to delete half way through.
 * What counts is the protection in the state, not the one in the configuration.
 */
export async function protectedInState(
  stack: Stack,
  file: string,
  env: Environment,
): Promise<readonly string[]> {
  return protectedAddresses(await show(stack, file, env));
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
