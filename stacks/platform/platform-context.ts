import type { AddOnSum } from "../../constructs/addons/add-on";
import { repositoryUrl } from "../../constructs/google/artifact-repository";
import type { Environment } from "../../src/environment/define";
import type { Names } from "../../src/environment/names";

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
  /** Repositories that mirror public registries, by the registry's host. Empty without mirrors. */
  readonly mirrorUrls: Readonly<Partial<Record<keyof Names["mirrors"], string>>>;
}

export function platformContext(
  shared: Pick<PlatformContext, "environment" | "names" | "labels" | "addOns" | "chart">,
): PlatformContext {
  const { environment, names } = shared;
  const { project, region, registry, queues } = environment;
  const mirrors = registry.mirrors ? Object.entries(names.mirrors) : [];
  return {
    ...shared,
    buckets: { metadata: names.metadataBucket, data: names.dataBucket },
    projects: Object.values(queues.teams).flatMap(({ projects }) => projects),
    mirrorUrls: Object.fromEntries(mirrors.map(([host, id]) => [host, repositoryUrl(project, region, id)])),
  };
}
