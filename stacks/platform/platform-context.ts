import type { AddOnSum } from "../../constructs/addons/add-on";
import type { Environment } from "../../src/environment/define";
import type { Names } from "../../src/environment/names";
import { imageSources } from "../image-sources";

export const FLYTE_NAMESPACE = "flyte";
export const KUEUE_NAMESPACE = "kueue-system";

/** What the parts of the platform stack share. */
export interface PlatformContext {
  readonly environment: Environment;
  readonly names: Names;
  readonly labels: Readonly<Record<string, string>>;
  readonly addOns: AddOnSum;
  /** Path of the chart of plain objects: `ManifestChart.path`. */
  readonly chart: string;
  /** Names of the buckets that Flyte and its tasks use. */
  readonly buckets: { readonly metadata: string; readonly data: string };
  /** Flyte's projects, of all teams. */
  readonly projects: readonly string[];
  /** Where the platform's images are pulled from, and what they are held to. */
  readonly images: ReturnType<typeof imageSources>;
}

export function platformContext(
  shared: Pick<PlatformContext, "environment" | "names" | "labels" | "addOns" | "chart">,
): PlatformContext {
  const { environment, names } = shared;
  const { queues } = environment;
  return {
    ...shared,
    buckets: { metadata: names.metadataBucket, data: names.dataBucket },
    projects: Object.values(queues.teams).flatMap(({ projects }) => projects),
    images: imageSources(environment, names),
  };
}
