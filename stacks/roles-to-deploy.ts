import { signInOf } from "../constructs/flyte/access";
import {
  certificateRoles,
  type DeployerRole,
  deployerRoles,
  dnsZoneRoles,
  teamPeopleRoles,
} from "../constructs/google/deployer-roles";
import { zoneOf } from "../constructs/google/dns-zone";
import type { Environment } from "../src/environment/define";

type Access = Environment["flyte"]["access"];

/** Roles on the project that deploying this environment takes. */
export function rolesToDeploy({
  project,
  flyte,
  queues,
}: Environment): Readonly<Record<string, DeployerRole>> {
  const { access } = flyte;
  const ownZones = zonesOf(access).filter((zone) => zoneOf(zone, project).project === project);
  return {
    ...deployerRoles,
    ...(issuesCertificate(access) && certificateRoles),
    ...(Object.values(queues.teams).some(({ group }) => group !== undefined) && teamPeopleRoles),
    ...(ownZones.length > 0 && dnsZoneRoles),
  };
}

function zonesOf(access: Access): readonly string[] {
  if (access.mode === "port-forward") return [];
  const zones = [access.dnsZone, access.mode === "internal" ? access.certificateZone : undefined];
  return zones.filter((zone) => zone !== undefined);
}

function issuesCertificate(access: Access): boolean {
  return signInOf(access) !== undefined && !(access.mode === "internal" && access.certificate !== undefined);
}
