import { DataGoogleFilestoreInstance } from "@cdktf/provider-google/lib/data-google-filestore-instance";
import { Construct } from "constructs";
import { serverLocation } from "../../constructs/google/file-server";
import { grantTeam } from "../../constructs/google/team-access";
import { grantVolumes } from "../../constructs/google/volume-grants";
import { namespaceOf } from "../../constructs/kueue/names";
import type { FileServers } from "../../constructs/volumes/claims";
import type { Environment } from "../../src/environment/define";
import { fileServerName } from "../../src/environment/names";
import type { PlatformContext } from "./platform-context";

/** The file servers that the data stack has made. */
export function addFileServers(scope: Construct, { environment, names }: PlatformContext): FileServers {
  const { project, region, volumes } = environment;
  const servers = Object.entries(volumes).flatMap(([name, { filestore }]) =>
    filestore === undefined ? [] : [{ name, location: serverLocation(region, filestore) }],
  );
  if (servers.length === 0) return {};
  const parent = new Construct(scope, "files");
  return Object.fromEntries(
    servers.map(({ name, location }) => {
      const instance = fileServerName(names, name);
      const found = new DataGoogleFilestoreInstance(parent, name, { project, location, name: instance });
      const address = found.getStringAttribute("networks[0].ip_addresses[0]");
      return [name, { location, instance, address }];
    }),
  );
}

/** What the teams' tasks may do with the buckets of their volumes. */
export function addVolumeGrants(scope: Construct, { environment }: PlatformContext, projectNumber: string) {
  const { project, volumes, queues, flyte } = environment;
  const grants = Object.entries(volumes).flatMap(([name, { bucket, readOnly = false }]) => {
    if (bucket === undefined) return [];
    const namespaces = Object.values(queues.teams)
      .filter((team) => team.volumes?.includes(name))
      .flatMap(({ projects }) => projects)
      .flatMap((each) => flyte.domains.map((domain) => namespaceOf(each, domain)));
    return [[name, { bucket, readOnly, namespaces }] as const];
  });
  addTeamAccess(scope, environment, projectNumber);
  grantVolumes(scope, "volume-grants", { project, projectNumber, volumes: Object.fromEntries(grants) });
}

/** What they may do with what is a team's own by name. */
function addTeamAccess(
  scope: Construct,
  { project, queues, flyte }: Environment,
  projectNumber: string,
): void {
  const teams = Object.entries(queues.teams).flatMap(([team, { projects, access }]) =>
    access === undefined ? [] : [{ team, projects, access }],
  );
  if (teams.length === 0) return;
  const parent = new Construct(scope, "team-access");
  for (const { team, projects, access } of teams)
    grantTeam(parent, team, {
      project,
      projectNumber,
      access,
      namespaces: projects.flatMap((each) => flyte.domains.map((domain) => namespaceOf(each, domain))),
    });
}
