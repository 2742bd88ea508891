/** Registries that a mirror stands in for: `{ "docker.io": "europe-west4-docker.pkg.dev/acme/docker-io", … }`. */
export type Mirrors = Readonly<Record<string, string>>;

/** Digests by the image's whole name: `{ "registry.k8s.io/kubectl:v1.36.0": "sha256:…" }`. */
export type Digests = Readonly<Record<string, string>>;

/** Where images are pulled from, and what they are held to. */
export interface ImageSources {
  /** @default - each image's own registry */
  readonly mirrors?: Mirrors;
  /** One of another image than those that are pulled means nothing. @default - by tag */
  readonly digests?: Digests;
}

/** An image, as charts put it together: `<repository>:<tag>`. */
export interface Image {
  readonly repository: string;
  /** May carry a digest behind it: `v1.16.8@sha256:…`. What pulls it goes by the digest alone. */
  readonly tag: string;
}

/**
 * An image through the mirror of its registry, held to its digest, where there are such.
 *
 * @param name registry, path and tag: `registry.k8s.io/kueue/kueue:v0.19.2`
 * @param unmirrored another name of the repository, for where no mirror stands in for it
 */
export function pulled(name: string, sources: ImageSources = {}, unmirrored?: string): Image {
  const { mirrors = {}, digests = {} } = sources;
  const [registry, path] = [
    name.slice(0, name.indexOf("/")),
    name.slice(name.indexOf("/"), name.lastIndexOf(":")),
  ];
  const tag = name.slice(name.lastIndexOf(":") + 1);
  const { [registry]: mirror } = mirrors;
  const { [name]: digest } = digests;
  return {
    repository: mirror === undefined ? (unmirrored ?? `${registry}${path}`) : `${mirror}${path}`,
    tag: digest === undefined ? tag : `${tag}@${digest}`,
  };
}

/** The same as one text. */
export function pulledName(name: string, sources?: ImageSources): string {
  const { repository, tag } = pulled(name, sources);
  return `${repository}:${tag}`;
}
