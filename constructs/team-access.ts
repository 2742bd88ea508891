export type May = "read" | "write";

/** Things of a team's own that its tasks use with their namespace's identity. */
export interface TeamAccess {
  /** By the bucket's name. @default none */
  readonly buckets?: Readonly<Record<string, May>>;
  /** By BigQuery dataset: `<project>.<dataset>`. @default none */
  readonly datasets?: Readonly<Record<string, May>>;
  /** Secrets of Secret Manager, of the environment's project or as `projects/<project>/secrets/<name>`. @default none */
  readonly secrets?: readonly string[];
}

export function datasetOf(name: string): { readonly project: string; readonly datasetId: string } {
  const [project = "", datasetId = ""] = name.split(".");
  return { project, datasetId };
}

export function secretOf(
  name: string,
  ownProject: string,
): { readonly project: string; readonly secretId: string } {
  const [, project = ownProject, secretId = name] = /^projects\/([^/]+)\/secrets\/([^/]+)$/.exec(name) ?? [];
  return { project, secretId };
}

/** Datasets of all teams. */
export function datasetsOf(
  teams: Readonly<Record<string, { readonly access?: TeamAccess }>>,
): readonly string[] {
  return Object.values(teams).flatMap(({ access }) => Object.keys(access?.datasets ?? {}));
}
