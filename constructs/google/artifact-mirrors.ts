import {
  ArtifactRegistryRepository,
  type ArtifactRegistryRepositoryConfig,
  type ArtifactRegistryRepositoryRemoteRepositoryConfig,
} from "@cdktf/provider-google/lib/artifact-registry-repository";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { repositoryIdProblem } from "./artifact-repository";
import { repositoryUrl } from "./repository-url";
import { grantOnRepository, type Grants } from "./grants";

export interface ArtifactMirrorsProps {
  readonly project: string;

  /** Region, or one of the multi-regions `asia`, `europe`, `us`. Change: replaces the mirrors. */
  readonly location: string;

  /**
   * Registry host → id of the repository that mirrors it, for example `{ "ghcr.io": "flyte-dev-ghcr-io" }`.
   *
   * Change: a new host adds a mirror; a new id replaces one. A mirror holds nothing that its upstream has not.
   */
  readonly mirrors: Readonly<Record<string, string>>;

  /**
   * Cloud KMS key that encrypts the cached images. Artifact Registry's service agent must be able to use it first.
   *
   * Change: replaces the mirrors.
   * @default Google's own key
   */
  readonly kmsKeyName?: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Who may pull, from every mirror. @default nobody */
  readonly grants?: Grants;

  /** @default nothing */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * Pull-through caches of public registries, so that private nodes pull from one place: an image is pulled from its
 * upstream once, and stays available when that is away. The first pull from Docker Hub is anonymous, and counts against
 * its rate limit.
 *
 * Cached images are never cleaned up: deleting them would give up the second benefit.
 */
export class ArtifactMirrors extends Construct {
  /**
   * Registry host → where its images are pulled from instead, plain strings. `postgres:16` on Docker Hub
   * is `<url of docker.io>/library/postgres:16`.
   */
  readonly urls: Readonly<Record<string, string>>;
  /** Everything a consumer must wait for: the mirrors and their grants. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ArtifactMirrorsProps) {
    super(scope, id);
    check(this, props, mirrorRules(props));
    const { project, location } = props;
    const mirrors = Object.entries(props.mirrors);

    this.urls = Object.fromEntries(mirrors.map(([host, id]) => [host, repositoryUrl(project, location, id)]));
    this.ready = mirrors.flatMap(([host, repositoryId]) => {
      const mirror = new ArtifactRegistryRepository(this, host, mirrorConfig(props, host, repositoryId));
      const target = { project, location, repository: mirror.name };
      return [mirror, ...grantOnRepository(this, `${host}-grants`, target, props.grants ?? {})];
    });
  }
}

/** One pair of rules for each mirror, so that every wrong one is named. */
const mirrorRules = ({ mirrors }: ArtifactMirrorsProps): Rule<ArtifactMirrorsProps>[] =>
  Object.entries(mirrors).flatMap(([host, repositoryId]) => [
    () => hostProblem(host),
    () => repositoryIdProblem(`mirrors[${JSON.stringify(host)}]`, repositoryId),
  ]);

function hostProblem(host: string): string | undefined {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host)
    ? undefined
    : `mirrors must be keyed by the host of a registry, like "ghcr.io", got ${JSON.stringify(host)}`;
}

function mirrorConfig(
  props: ArtifactMirrorsProps,
  host: string,
  repositoryId: string,
): ArtifactRegistryRepositoryConfig {
  return {
    project: props.project,
    location: props.location,
    repositoryId,
    description: `Mirror of ${host}`,
    labels: props.labels,
    format: "DOCKER",
    mode: "REMOTE_REPOSITORY",
    remoteRepositoryConfig: { description: host, ...upstream(host) },
    vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
    kmsKeyName: props.kmsKeyName,
    dependsOn: props.dependsOn,
  };
}

/**
 * Docker Hub is a preset of Artifact Registry; every other registry is named by its address.
 * @see cloud.google.com/artifact-registry/docs/repositories/remote-overview (2026-11)
 */
function upstream(host: string): ArtifactRegistryRepositoryRemoteRepositoryConfig {
  return host === "docker.io"
    ? { dockerRepository: { publicRepository: "DOCKER_HUB" } }
    : { commonRepository: { uri: `https://${host}` } };
}
