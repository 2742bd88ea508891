import { commandLine, type Given } from "../command-line";
import type { Context } from "../context";
import { type OwnedBucket, strangerTo } from "../google/bucket-owner";
import { GoogleError } from "../google/client";
import { type Finding, found, refused } from "./finding";

interface Bucket extends OwnedBucket {
  readonly versioning?: { readonly enabled?: boolean };
  readonly iamConfiguration?: {
    readonly uniformBucketLevelAccess?: { readonly enabled?: boolean };
    readonly publicAccessPrevention?: string;
  };
}

/**
 * The bucket that holds the states exists, is nobody else's, keeps old versions, and can't be opened to the world.
 *
 * @param project whose it must be; nobody's where the stack does not say
 */
export async function checkStateBucket(
  context: Context,
  bucket: string,
  project: string | undefined,
): Promise<Finding> {
  const subject = `state bucket "${bucket}"`;
  let settings: Bucket;
  try {
    settings = await context.google.request<Bucket>({ product: "storage", path: `b/${bucket}` });
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return refused(subject, error.message, fixOf(error, bucket, context));
  }
  return (await strangers(context, subject, settings, project)) ?? closed(subject, bucket, settings);
}

async function strangers(
  { google }: Context,
  subject: string,
  settings: Bucket,
  project: string | undefined,
): Promise<Finding | undefined> {
  if (project === undefined) return undefined;
  try {
    const owner = await strangerTo(google, project, settings);
    if (owner === undefined) return undefined;
    return refused(subject, `belongs to ${owner}, not to project "${project}"`, ownBucket);
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    const text = `can't be told from a stranger's: ${error.message}`;
    return refused(subject, text, `you need roles/browser on project ${project}`);
  }
}

/** What to do about a bucket of somebody else. */
export const ownBucket =
  "choose another name; where that project is yours too, name it in the environment's file: state.project";

function closed(subject: string, bucket: string, { versioning, iamConfiguration: access }: Bucket): Finding {
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

function fixOf({ status }: GoogleError, bucket: string, given: Given): string {
  if (status === 404) return `make it: ${commandLine({ ...given, command: "bootstrap" })}`;
  if (status === 401) return "log in again: gcloud auth application-default login";
  if (status === 403)
    return `you need roles/storage.objectAdmin and roles/storage.legacyBucketReader on gs://${bucket}`;
  return "look at your network and at status.cloud.google.com, then run this again";
}
