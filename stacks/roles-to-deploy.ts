import { signInOf } from "../constructs/flyte/access";
import {
  certificateRoles,
  datasetReader,
  datasetRoles,
  type DeployerRole,
  deployerRoles,
  dnsZoneRoles,
  fileServerReader,
  fileServerRoles,
  teamPeopleRoles,
} from "../constructs/google/deployer-roles";
import { zoneOf } from "../constructs/google/dns-zone";
import { datasetOf, datasetsOf } from "../constructs/team-access";
import { hasFileServers } from "../constructs/volumes/types";
import type { Environment } from "../src/environment/define";

type Access = Environment["flyte"]["access"];

/** Roles on the project that deploying this environment takes. */
export function rolesToDeploy({
  project,
  flyte,
  queues,
  volumes,
}: Environment): Readonly<Record<string, DeployerRole>> {
  const { access } = flyte;
  const ownZones = zonesOf(access).filter((zone) => zoneOf(zone, project).project === project);
  return {
    ...deployerRoles,
    ...(issuesCertificate(access) && certificateRoles),
    ...(Object.values(queues.teams).some(({ group }) => group !== undefined) && teamPeopleRoles),
    ...(hasFileServers(volumes) && fileServerRoles),
    ...(hasDatasets({ project, queues }) && datasetRoles),
    ...(ownZones.length > 0 && dnsZoneRoles),
  };
}

/** Roles on the project that planning this environment takes beside those that planning any does. */
export function moreRolesToPlan(environment: Environment): readonly string[] {
  return [
    ...(hasFileServers(environment.volumes) ? [fileServerReader] : []),
    ...(hasDatasets(environment) ? [datasetReader] : []),
  ];
}

/** Of its own project: those of others are granted there. */
function hasDatasets({ project, queues }: Pick<Environment, "project" | "queues">): boolean {
  return datasetsOf(queues.teams).some((dataset) => datasetOf(dataset).project === project);
}

function zonesOf(access: Access): readonly string[] {
  if (access.mode === "port-forward") return [];
  const zones = [access.dnsZone, access.mode === "internal" ? access.certificateZone : undefined];
  return zones.filter((zone) => zone !== undefined);
}

function issuesCertificate(access: Access): boolean {
  return signInOf(access) !== undefined && !(access.mode === "internal" && access.certificate !== undefined);
}
