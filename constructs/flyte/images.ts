import { type Image, type ImageSources, pulled } from "../images";
import { flyteChart } from "./chart";

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

const POSTGRES = "docker.io/library/postgres:15-alpine";

/** `cr.flyte.org` is a front of `ghcr.io`, where Flyte's build publishes the same paths: a mirror needs the latter. */
const nameOf = (image: string) => `ghcr.io/flyteorg/${image}:${flyteChart.version}`;

/** Whole names of all of them. */
export const flyteImageNames: readonly string[] = [...Object.values(FLYTE_IMAGES).map(nameOf), POSTGRES];

/** Every image that a release can pull. */
export function flyteImages(sources: ImageSources = {}): FlyteImages {
  const own = Object.entries(FLYTE_IMAGES).map(([part, image]) => [
    part,
    pulled(nameOf(image), sources, `cr.flyte.org/flyteorg/${image}`),
  ]);
  return {
    ...(Object.fromEntries(own) as Record<keyof typeof FLYTE_IMAGES, Image>),
    postgres: pulled(POSTGRES, sources, "postgres"),
  };
}
