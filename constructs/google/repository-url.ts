/** The provider's own `registry_uri` is newer than the bindings; the form is Google's contract. */
export function repositoryUrl(project: string, location: string, repositoryId: string): string {
  return `${location}-docker.pkg.dev/${project}/${repositoryId}`;
}

/** The repository that an address names: the other way round. */
export function repositoryOf(url: string): {
  readonly project: string;
  readonly location: string;
  readonly repository: string;
} {
  const [, location = "", project = "", repository = ""] =
    /^([^/]+)-docker\.pkg\.dev\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
  return { project, location, repository };
}
