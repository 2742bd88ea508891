import { repositoryUrl } from "../constructs/google/repository-url";
import type { Environment } from "../src/environment/define";
import type { Names } from "../src/environment/names";

/** Repositories that mirror public registries, by the registry's host. */
export type MirrorUrls = Readonly<Partial<Record<keyof Names["mirrors"], string>>>;

/** Those of an environment. Empty without mirrors. */
export function mirrorUrls({ project, region, registry }: Environment, names: Names): MirrorUrls {
  const mirrors = registry.mirrors ? Object.entries(names.mirrors) : [];
  return Object.fromEntries(mirrors.map(([host, id]) => [host, repositoryUrl(project, region, id)]));
}
