import { namesFor } from "../names";
import type { Environment } from "../schema";

type Named = Pick<Environment, "name" | "project" | "prefix">;

/** Buckets of the platform, with what they hold: tasks reach these by Flyte, or must not reach them at all. */
export function ownBuckets(
  environment: Named & {
    readonly state?: { readonly bucket: string };
    readonly storage?: { readonly accessLogBucket?: string };
  },
): ReadonlyMap<string, string> {
  const { metadataBucket, dataBucket } = namesFor(environment);
  const { state, storage } = environment;
  return new Map([
    [metadataBucket, "Flyte's metadata of all teams"],
    [dataBucket, "what tasks of all teams hand on"],
    ...(state === undefined ? [] : [[state.bucket, "Terraform's state"] as const]),
    ...(storage?.accessLogBucket === undefined
      ? []
      : [[storage.accessLogBucket, "the access logs"] as const]),
  ]);
}
