import { namesFor } from "../names";
import type { Problem } from "../problems";
import { problemIf, type Rule, rule } from "./rule";

/**
 * What Google asks of a bucket's name beyond its letters.
 *
 * @see cloud.google.com/storage/docs/buckets#naming (2026-11)
 */
function refused(path: string, bucket: string): readonly (Problem | undefined)[] {
  const got = `got ${JSON.stringify(bucket)}`;
  return [
    problemIf(
      /^goog|g[o0][o0]g[l1]e/.test(bucket),
      path,
      `must not start with "goog" or contain "google" or what looks like it, ${got}; Google refuses such names`,
    ),
    problemIf(
      /^\d+(\.\d+){3}$/.test(bucket),
      path,
      `must not look like an IP address, ${got}; Google refuses such names`,
    ),
    problemIf(
      /\.\.|\.-|-\./.test(bucket),
      path,
      `must have a letter or a digit on both sides of each dot, ${got}; Google refuses such names`,
    ),
  ];
}

/** Buckets that an environment names, beside those that it makes. */
export const bucketRules: readonly Rule[] = [
  rule(["state"], ({ state }) => refused("state.bucket", state.bucket)),
  rule(["storage"], ({ storage: { accessLogBucket: bucket } }) =>
    bucket === undefined ? [] : refused("storage.accessLogBucket", bucket),
  ),
  rule(["name", "project", "prefix", "state"], ({ state, ...named }) => {
    const { metadataBucket, dataBucket } = namesFor(named);
    return problemIf(
      [metadataBucket, dataBucket].includes(state.bucket),
      "state.bucket",
      `must be a bucket of its own, got ${JSON.stringify(state.bucket)}, which the environment makes for itself; tasks could write the state`,
    );
  }),
  rule(["name", "project", "prefix", "storage"], ({ storage: { accessLogBucket }, ...named }) => {
    const { metadataBucket, dataBucket } = namesFor(named);
    return problemIf(
      accessLogBucket !== undefined && [metadataBucket, dataBucket].includes(accessLogBucket),
      "storage.accessLogBucket",
      `must be another bucket, got ${JSON.stringify(accessLogBucket)}, which the environment makes for itself; a bucket that logs into itself never stops`,
    );
  }),
  rule(["state", "storage"], ({ state, storage }) =>
    problemIf(
      storage.accessLogBucket === state.bucket,
      "storage.accessLogBucket",
      `must be another bucket than state.bucket, got ${JSON.stringify(state.bucket)}; whoever writes logs could write the state`,
    ),
  ),
];
