import type { GoogleClient } from "./client";

/** Of a bucket what says whose it is. */
export interface OwnedBucket {
  /** Number of its project, as Cloud Storage gives it. */
  readonly projectNumber?: string;
}

/**
 * Whose a bucket is, if not the project's; undefined when it is. Names of buckets are everybody's: whoever makes one first
 * has it, and may read and rewrite all that others put there. Throws GoogleError where the project cannot be asked.
 */
export async function strangerTo(
  google: GoogleClient,
  project: string,
  { projectNumber = "unknown" }: OwnedBucket,
): Promise<string | undefined> {
  const { name } = await google.request<{ readonly name?: string }>({
    product: "resourceManager",
    path: `projects/${project}`,
  });
  return name === `projects/${projectNumber}` ? undefined : `project number ${projectNumber}`;
}
