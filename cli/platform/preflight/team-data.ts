import { secretOf } from "../../../constructs/team-access";
import type { Environment } from "../../../src/environment/define";
import type { Context } from "../context";
import type { GoogleClient } from "../google/client";
import { type Finding, found, refused } from "./finding";
import { unlessMissing } from "./unless-missing";

interface Bucket {
  readonly location?: string;
  readonly iamConfiguration?: { readonly uniformBucketLevelAccess?: { readonly enabled?: boolean } };
}

/** Buckets and secrets that teams have: one that is not there fails its grants, after everything before them is made. */
export async function checkTeamData(
  { google }: Context,
  { volumes, queues, project, region }: Environment,
): Promise<readonly Finding[]> {
  const teams = Object.entries(queues.teams);
  return Promise.all([
    ...Object.entries(volumes).flatMap(([name, { bucket }]) =>
      bucket === undefined
        ? []
        : [
            checkBucket(google, {
              of: `volume ${name}`,
              key: `volumes.${name}.bucket`,
              bucket,
              project,
              region,
            }),
          ],
    ),
    ...teams.flatMap(([team, { access }]) =>
      Object.keys(access?.buckets ?? {}).map((bucket) =>
        checkBucket(google, {
          of: `team ${team}`,
          key: `queues.teams.${team}.access.buckets`,
          ...{ bucket, project, region },
        }),
      ),
    ),
    ...teams.flatMap(([team, { access }]) =>
      (access?.secrets ?? []).map((secret) => checkSecret(google, team, secretOf(secret, project))),
    ),
  ]);
}

async function checkBucket(
  google: GoogleClient,
  {
    of,
    key,
    bucket,
    project,
    region,
  }: Readonly<Record<"of" | "key" | "bucket" | "project" | "region", string>>,
): Promise<Finding> {
  const subject = `bucket "${bucket}" of ${of}`;
  const answer = await unlessMissing(
    google.request<Bucket>({ product: "storage", path: `b/${encodeURIComponent(bucket)}` }),
  );
  if (answer === "missing")
    return refused(
      subject,
      "is not there",
      `gcloud storage buckets create gs://${bucket} --project ${project} --location ${region} --uniform-bucket-level-access --public-access-prevention; or correct ${key}`,
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

async function checkSecret(
  google: GoogleClient,
  team: string,
  { project, secretId }: ReturnType<typeof secretOf>,
): Promise<Finding> {
  const subject = `secret "${secretId}" of team ${team}`;
  const path = `projects/${project}/secrets/${secretId}`;
  const answer = await unlessMissing(google.request({ product: "secretManager", path }));
  if (answer !== "missing") return found(subject, "not missing");
  return refused(
    subject,
    "is not there",
    `gcloud secrets create ${secretId} --project ${project} --data-file FILE; or correct queues.teams.${team}.access.secrets`,
  );
}
