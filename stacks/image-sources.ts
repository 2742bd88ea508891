import { repositoryUrl } from "../constructs/google/repository-url";
import type { Digests, ImageSources } from "../constructs/images";
import type { Environment } from "../src/environment/define";
import type { Names } from "../src/environment/names";

/** Repositories that mirror public registries, by the registry's host. */
type MirrorUrls = Readonly<Partial<Record<keyof Names["mirrors"], string>>>;

/** Where an environment pulls the platform's images from. Without mirrors, from their own registries. */
export function imageSources(
  { project, region, registry }: Environment,
  names: Names,
): ImageSources & { readonly mirrors: MirrorUrls; readonly digests: Digests } {
  const mirrors = registry.mirrors ? Object.entries(names.mirrors) : [];
  return {
    mirrors: Object.fromEntries(mirrors.map(([host, id]) => [host, repositoryUrl(project, region, id)])),
    digests: registry.digests,
  };
}
