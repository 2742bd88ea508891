import type { Values } from "../values";
import { largestDataMib, remoteDataLimits } from "./limits";

/**
 * Where the engine keeps an execution's inputs, outputs and errors in the metadata bucket: below this, the project, a
 * hyphen, the domain, a hyphen and the execution's name. It is all that a task writes there. Flyte's own default.
 */
export const executionsPrefix = "metadata/propeller/";

/** Where tasks write their raw outputs in the data bucket: files, tables and checkpoints. The only such place. */
export const rawDataPrefix = "data/";

/**
 * Where raw data ends: how long before its end a cached output may still be handed to an execution, which then has as long
 * to read it.
 */
export const readingDays = 30;

/**
 * Flyte knows nothing of the bucket's rules: without it, an output whose files are gone would still be a hit, and the
 * task that reads it fails.
 */
export function cacheAgeConfig(rawDataDays: number | undefined): Values {
  return rawDataDays === undefined ? {} : { "max-cache-age": `${(rawDataDays - readingDays) * 24}h` };
}

/** How Flyte reads and writes its two buckets. */
export function storageConfig(): Values {
  return {
    // Without it Flyte opens the metadata bucket only: "Dynamic loading is disabled".
    "enable-multicontainer": true,
    limits: { maxDownloadMBs: largestDataMib },
    cache: { max_size_mbs: 256, target_gc_percent: 70 },
  };
}

/**
 * Signed links to inputs and outputs that are too large to send, signed by the backend's own service account.
 *
 * The scheme is `gcp`: Flyte's source knows no `gcs`, takes it for an unknown cloud and returns unsigned links,
 * although its own example values say so.
 */
export function remoteDataConfig(signingPrincipal: string): Values {
  return {
    scheme: "gcp",
    signedUrls: { enabled: true, durationMinutes: 15, signingPrincipal },
    ...remoteDataLimits,
  };
}
