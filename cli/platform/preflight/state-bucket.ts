import type { Context } from "../context";
import { GoogleError } from "../google/client";
import { type Finding, found, refused } from "./finding";

interface Bucket {
  readonly versioning?: { readonly enabled?: boolean };
  readonly iamConfiguration?: {
    readonly uniformBucketLevelAccess?: { readonly enabled?: boolean };
    readonly publicAccessPrevention?: string;
  };
}

/** The bucket that holds the states exists, keeps old versions, and can't be opened to the world. */
export async function checkStateBucket({ google, name }: Context, bucket: string): Promise<Finding> {
  const subject = `state bucket "${bucket}"`;
  let settings: Bucket;
  try {
    settings = await google.request<Bucket>({ product: "storage", path: `b/${bucket}` });
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return refused(subject, error.message, fixOf(error, bucket, name));
  }
  const { versioning, iamConfiguration: access } = settings;
  const missing = [
    versioning?.enabled ? undefined : ["versioning", "--versioning"],
    access?.uniformBucketLevelAccess?.enabled
      ? undefined
      : ["uniform access", "--uniform-bucket-level-access"],
    access?.publicAccessPrevention === "enforced"
      ? undefined
      : ["public access prevention", "--public-access-prevention"],
  ].filter((each) => each !== undefined);
  if (missing.length === 0) return found(subject, "versioned, uniform access, no public access");
  const flags = missing.map(([, flag]) => flag).join(" ");
  return refused(
    subject,
    `has no ${missing.map(([what]) => what).join(", no ")}`,
    `gcloud storage buckets update gs://${bucket} ${flags}`,
  );
}

function fixOf({ status }: GoogleError, bucket: string, environment: string): string {
  if (status === 404) return `make it: npm run platform -- bootstrap ${environment}`;
  if (status === 401) return "log in again: gcloud auth application-default login";
  if (status === 403)
    return `you need roles/storage.objectAdmin and roles/storage.legacyBucketReader on gs://${bucket}`;
  return "look at your network and at status.cloud.google.com, then run this again";
}
