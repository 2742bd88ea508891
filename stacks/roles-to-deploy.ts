import { type DeployerRole, deployerRoles, publicAccessRoles } from "../constructs/google/deployer-roles";
import type { Environment } from "../src/environment/define";

/** Roles on the project that deploying this environment takes. */
export function rolesToDeploy({ flyte }: Environment): Readonly<Record<string, DeployerRole>> {
  return flyte.access.mode === "public" ? { ...deployerRoles, ...publicAccessRoles } : deployerRoles;
}
