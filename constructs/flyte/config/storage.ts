import type { Values } from "../values";
import { largestDataMib, remoteDataLimits } from "./limits";

/**
 * Where the engine keeps an execution's inputs, outputs and errors in the metadata bucket: below this, the project, a
 * hyphen, the domain, a hyphen and the execution's name. It is all that a task writes there. Flyte's own default.
 */
export const executionsPrefix = "metadata/propeller/";

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
