import {
  type DeployerRole,
  deployerRoles,
  dnsZoneRoles,
  publicAccessRoles,
  teamPeopleRoles,
} from "../constructs/google/deployer-roles";
import { zoneOf } from "../constructs/google/dns-zone";
import type { Environment } from "../src/environment/define";

/** Roles on the project that deploying this environment takes. */
export function rolesToDeploy({
  project,
  flyte,
  queues,
}: Environment): Readonly<Record<string, DeployerRole>> {
  const { access } = flyte;
  const zone =
    access.mode === "port-forward" || access.dnsZone === undefined
      ? undefined
      : zoneOf(access.dnsZone, project);
  return {
    ...deployerRoles,
    ...(access.mode === "public" && publicAccessRoles),
    ...(Object.values(queues.teams).some(({ group }) => group !== undefined) && teamPeopleRoles),
    ...(zone?.project === project && dnsZoneRoles),
  };
}
