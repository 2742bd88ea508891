import type { Environment } from "../../../src/environment/define";
import type { Context } from "../context";
import type { GoogleClient } from "../google/client";
import { type Finding, found, refused } from "./finding";
import { unlessMissing } from "./unless-missing";

interface Bucket {
  readonly location?: string;
  readonly iamConfiguration?: { readonly uniformBucketLevelAccess?: { readonly enabled?: boolean } };
}

/** Buckets that teams mount: one that is not there fails the grants, after everything before them is made. */
export async function checkVolumes(
  { google }: Context,
  { volumes, project, region }: Environment,
): Promise<readonly Finding[]> {
  const findings = Object.entries(volumes).map(([name, { bucket }]) =>
    bucket === undefined ? undefined : checkBucket(google, { name, bucket, project, region }),
  );
  return (await Promise.all(findings)).filter((each) => each !== undefined);
}

async function checkBucket(
  google: GoogleClient,
  { name, bucket, project, region }: Readonly<Record<"name" | "bucket" | "project" | "region", string>>,
): Promise<Finding> {
  const subject = `bucket "${bucket}" of volume ${name}`;
  const answer = await unlessMissing(
    google.request<Bucket>({ product: "storage", path: `b/${encodeURIComponent(bucket)}` }),
  );
  if (answer === "missing")
    return refused(
      subject,
      "is not there",
      `gcloud storage buckets create gs://${bucket} --project ${project} --location ${region} --uniform-bucket-level-access --public-access-prevention; or correct volumes.${name}.bucket`,
    );
  if (answer === "untold") return found(subject, "not missing");
  // Google takes no namespace of a cluster into the lists of single objects' rights.
  if (answer.iamConfiguration?.uniformBucketLevelAccess?.enabled !== true)
    return refused(
      subject,
      "has no uniform access, without which no task can be let in",
      `gcloud storage buckets update gs://${bucket} --uniform-bucket-level-access`,
    );
  return found(subject, `in ${answer.location?.toLowerCase() ?? "a place that it does not tell"}`);
}
