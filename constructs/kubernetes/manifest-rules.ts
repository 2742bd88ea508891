import { gzipSync } from "node:zlib";
import type { Rule } from "../rules";
import type { ManifestReleaseProps } from "./manifest-release";

interface Identity {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
  readonly data?: unknown;
  readonly stringData?: unknown;
}

/** Kubernetes refuses a Secret over 1 MiB; the rest is for Helm's own notes and the template. */
const RELEASE_LIMIT_KIB = 960;
const FASTEST = 1;
const HELM_LEVEL = 9;

export const manifestReleaseRules: readonly Rule<ManifestReleaseProps>[] = [
  ({ name }) =>
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) && name.length <= 53
      ? undefined
      : `name must be at most 53 lower-case letters, digits and hyphens, with a letter or digit at both ends (Helm's rule), got ${JSON.stringify(name)}`,
  ({ manifests }) =>
    manifests.length > 0
      ? undefined
      : "manifests must hold at least one object, got none; leave the release out",
  ({ manifests }) => {
    const broken = manifests.flatMap((manifest, index) =>
      identity(manifest) ? [] : [`manifests[${index}]`],
    );
    return broken.length > 0
      ? `${broken.join(", ")} must have an apiVersion, a kind and a metadata.name`
      : undefined;
  },
  ({ manifests }) => {
    const names = manifests.flatMap((manifest) => identity(manifest) ?? []);
    const seen = new Set<string>();
    const twice = [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
    return twice.length > 0
      ? `manifests must name each object once, got ${twice.join(", ")} twice`
      : undefined;
  },
  ({ manifests }) => {
    const secrets = (manifests as readonly Identity[]).filter(
      ({ kind, data, stringData }) => kind === "Secret" && (data ?? stringData) !== undefined,
    );
    return secrets.length > 0
      ? `manifests must not hold secret values, which Terraform would keep in plain text; got data in Secret ${secrets.map(({ metadata }) => JSON.stringify(metadata?.name)).join(", ")}`
      : undefined;
  },
  ({ manifests }) => {
    const json = JSON.stringify(manifests);
    // Few reach the second look, which is slow and exact.
    const kib = storedKib(json, FASTEST) > RELEASE_LIMIT_KIB ? storedKib(json, HELM_LEVEL) : 0;
    return kib > RELEASE_LIMIT_KIB
      ? `manifests must fit into the Secret in which Helm keeps a release, at most ${RELEASE_LIMIT_KIB} KiB compressed, got about ${kib} KiB; split them into several releases`
      : undefined;
  },
];

/** `kueue.x-k8s.io/v1beta2 LocalQueue research/tasks`, or nothing when the object has no identity. */
function identity(manifest: object): string | undefined {
  const { apiVersion, kind, metadata } = manifest as Identity;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || typeof metadata?.name !== "string")
    return undefined;
  const scope = typeof metadata.namespace === "string" ? `${metadata.namespace}/` : "";
  return `${apiVersion} ${kind} ${scope}${metadata.name}`;
}

/** Helm keeps a release as base64 of gzip, and the objects in it twice: as values and as rendered. */
function storedKib(json: string, level: number): number {
  return Math.ceil((gzipSync(json, { level }).length * 2 * (4 / 3)) / 1024);
}
