import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { repositoryOf, repositoryUrl } from "../../constructs/google/repository-url";
import { grantOnRepository, grantsTo } from "../../constructs/google/grants";
import { teamNames } from "../../src/environment/names";
import type { PlatformContext } from "./platform-context";

/** Nodes pull task images from the registry, and everything else through its mirrors. */
export function grantImagePulls(
  scope: Construct,
  { environment, names }: PlatformContext,
): ITerraformDependable[] {
  const { project, region, registry } = environment;
  const reader = grantsTo(`serviceAccount:${names.nodeAccount}@${project}.iam.gserviceaccount.com`, [
    "roles/artifactregistry.reader",
  ]);
  const teams = Object.fromEntries(
    Object.entries(teamRepositories({ environment, names })).map(([team, id]) => [`team-${team}`, id]),
  );
  const repositories = {
    registry: names.registry,
    ...(registry.mirrors ? names.mirrors : {}),
    ...teams,
  };
  return [
    ...Object.entries(repositories).flatMap(([key, repository]) =>
      grantOnRepository(scope, `pull-${key}`, { project, location: region, repository }, reader),
    ),
    ...Object.entries(registry.readFrom).flatMap(([key, url]) =>
      grantOnRepository(scope, `pull-from-${key}`, repositoryOf(url), reader),
    ),
  ];
}

/** Ids of the repositories of the teams whose people push images of their own, by team. */
function teamRepositories({ environment, names }: Pick<PlatformContext, "environment" | "names">) {
  return Object.fromEntries(
    Object.entries(environment.queues.teams).flatMap(([team, { group }]) =>
      group === undefined ? [] : [[team, teamNames(names, team).registry]],
    ),
  );
}

/** Repositories that are their own team's alone, by team: all but those that the environment opens to every team. */
export function guardedRepositories(context: PlatformContext): Readonly<Record<string, string>> {
  const { project, region, registry, policies } = context.environment;
  const opened = [
    ...policies.admission.registries,
    ...Object.values(registry.readFrom).map((url) => `${url}/`),
  ];
  const urls = Object.entries(teamRepositories(context)).map(
    ([team, id]) => [team, `${repositoryUrl(project, region, id)}/`] as const,
  );
  return Object.fromEntries(urls.filter(([, url]) => !opened.some((prefix) => url.startsWith(prefix))));
}

/**
 * Where tasks may always take images from: the environment's registry, those of its teams and of other projects that it
 * reads from, Flyte's own images, through their mirror too, and what GKE puts beside a task: the sidecar that mounts a
 * bucket (`gke-gcsfuse/volumes: "true"`), for one. A mirror as a whole would let in whatever anybody publishes.
 */
export function ownRegistries({ environment, names, images }: PlatformContext): string[] {
  const { project, region } = environment;
  const teams: string[] = Object.values(teamRepositories({ environment, names }));
  const repositories = [names.registry, ...teams].map((id) => repositoryUrl(project, region, id));
  const others = Object.values(environment.registry.readFrom);
  const { "ghcr.io": github } = images.mirrors;
  const flyte = ["cr.flyte.org", "ghcr.io", ...(github === undefined ? [] : [github])].map(
    (host) => `${host}/flyteorg`,
  );
  const gke = ["gke.gcr.io", "gcr.io/gke-release", `${region}-artifactregistry.gcr.io/gke-release`];
  return [...repositories, ...others, ...flyte, ...gke].map((registry) => `${registry}/`);
}
