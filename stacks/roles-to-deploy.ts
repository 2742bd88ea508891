import {
  type DeployerRole,
  deployerRoles,
  dnsZoneRoles,
  publicAccessRoles,
} from "../constructs/google/deployer-roles";
import { zoneOf } from "../constructs/google/dns-zone";
import type { Environment } from "../src/environment/define";

/** Roles on the project that deploying this environment takes. */
export function rolesToDeploy({ project, flyte }: Environment): Readonly<Record<string, DeployerRole>> {
  const { access } = flyte;
  const zone =
    access.mode === "port-forward" || access.dnsZone === undefined
      ? undefined
      : zoneOf(access.dnsZone, project);
  return {
    ...deployerRoles,
    ...(access.mode === "public" && publicAccessRoles),
    ...(zone?.project === project && dnsZoneRoles),
  };
}
