/** Registries that a mirror stands in for: `{ "docker.io": "europe-west4-docker.pkg.dev/acme/docker-io", … }`. */
export type Mirrors = Readonly<Record<string, string>>;

/** Where Flyte's images are pulled from. */
export interface FlyteImages {
  readonly backend: string;
  /** Runs beside tasks whose container knows nothing of Flyte. */
  readonly copilot: string;
  /** Waits for the database before the backend starts. */
  readonly postgres: string;
}

/**
 * Repositories of every image that the release pulls, through a mirror where there is one for its registry.
 *
 * `cr.flyte.org` is a front of `ghcr.io`, where Flyte's build publishes the same paths: a mirror needs the latter.
 */
export function flyteImages(mirrors: Mirrors = {}): FlyteImages {
  const { "ghcr.io": github, "docker.io": docker } = mirrors;
  return {
    backend: `${github ?? "cr.flyte.org"}/flyteorg/flyte-binary-release`,
    copilot: `${github ?? "cr.flyte.org"}/flyteorg/flytecopilot-release`,
    postgres: docker === undefined ? "postgres" : `${docker}/library/postgres`,
  };
}
