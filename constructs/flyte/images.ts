import { flyteChart } from "./chart";

/** Registries that a mirror stands in for: `{ "docker.io": "europe-west4-docker.pkg.dev/acme/docker-io", … }`. */
export type Mirrors = Readonly<Record<string, string>>;

/** Digests by the last part of an image's name. */
export type Digests = Readonly<Record<string, string>>;

/** An image, as the charts put it together: `<repository>:<tag>`. */
export interface Image {
  readonly repository: string;
  /** May carry a digest behind it: `v1.16.8@sha256:…`. */
  readonly tag: string;
}

/** Every image of Flyte's own that the two charts can pull, by the name of its part. */
const FLYTE_IMAGES = {
  backend: "flyte-binary-release",
  /** Runs beside tasks whose container knows nothing of Flyte. */
  copilot: "flytecopilot-release",
  admin: "flyteadmin-release",
  scheduler: "flytescheduler-release",
  datacatalog: "datacatalog-release",
  propeller: "flytepropeller-release",
  console: "flyteconsole-release",
} as const;

/** Where Flyte's images are pulled from. */
export type FlyteImages = Readonly<Record<keyof typeof FLYTE_IMAGES, Image>> & {
  /** Waits for the database before the backend starts. */
  readonly postgres: Image;
};

const POSTGRES_TAG = "15-alpine";

/** Names that `digests` may hold. */
export const imageNames: readonly string[] = [...Object.values(FLYTE_IMAGES), "postgres"];

/**
 * Every image that a release can pull, through a mirror where there is one for its registry, held to a digest where
 * one is given.
 *
 * `cr.flyte.org` is a front of `ghcr.io`, where Flyte's build publishes the same paths: a mirror needs the latter.
 */
export function flyteImages(mirrors: Mirrors = {}, digests: Digests = {}): FlyteImages {
  const { "ghcr.io": github = "cr.flyte.org", "docker.io": docker } = mirrors;
  const image = (repository: string, name: string, tag: string): Image => ({
    repository,
    tag: digests[name] === undefined ? tag : `${tag}@${digests[name]}`,
  });
  const own = Object.entries(FLYTE_IMAGES).map(([part, name]) => [
    part,
    image(`${github}/flyteorg/${name}`, name, flyteChart.version),
  ]);
  return {
    ...(Object.fromEntries(own) as Record<keyof typeof FLYTE_IMAGES, Image>),
    postgres: image(
      docker === undefined ? "postgres" : `${docker}/library/postgres`,
      "postgres",
      POSTGRES_TAG,
    ),
  };
}
