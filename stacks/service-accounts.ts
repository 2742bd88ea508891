import { accountRoles } from "../constructs/google/deployer-roles";
import { displayNameOf } from "../constructs/flyte/core/core-identities";
import type { Environment } from "../src/environment/define";
import { namesFor } from "../src/environment/names";

/** A service account of an environment's stacks. */
export interface StackAccount {
  readonly accountId: string;
  readonly displayName: string;
  /** What whoever deploys needs on it. */
  readonly deployerRoles: readonly string[];
}

/**
 * Every service account that the environment's stacks make. Bootstrap makes them first: on an account that is there, the
 * deployer can be given its rights, and then needs none on the project's other accounts (docs/decisions/0021).
 */
export function stackAccounts(environment: Environment): {
  readonly nodes: StackAccount;
  readonly backend: StackAccount;
  readonly [part: string]: StackAccount;
} {
  const names = namesFor(environment);
  const { keep, use } = accountRoles;
  const account = (
    accountId: string,
    displayName: string,
    deployerRoles: readonly string[] = [keep],
  ): StackAccount => ({
    accountId,
    displayName,
    deployerRoles,
  });
  const parts = environment.flyte.topology === "core" ? Object.entries(names.flyteCoreAccounts) : [];
  return {
    nodes: account(names.nodeAccount, `Nodes of ${names.cluster}`, [keep, use]),
    backend: account(names.flyteAccount, `Flyte backend of ${names.cluster}`),
    ...Object.fromEntries(parts.map(([part, id]) => [part, account(id, displayNameOf(part))])),
  };
}
