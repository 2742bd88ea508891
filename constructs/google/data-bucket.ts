import { StorageBucket, type StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { grantOnBucket, type Grants } from "./grants";

export interface DataBucketProps {
  readonly project: string;

  /**
   * Name of the bucket, unique in all of Google Cloud.
   *
   * Shape: 3 to 63 lowercase letters, digits, hyphens and underscores; no "google", not starting with "goog".
   * Change: replaces the bucket.
   * @see cloud.google.com/storage/docs/buckets#naming (2026-11)
   */
  readonly name: string;

  /** Region, dual-region or multi-region, for example `europe-west4` or `EU`. Change: replaces the bucket. */
  readonly location: string;

  /**
   * Whether an overwritten or deleted object stays as a noncurrent version.
   * @default true
   */
  readonly versioning?: boolean;

  /**
   * Days until a noncurrent version is deleted. Applies to what earlier versioning left, too.
   *
   * Shape: whole number, at least 1.
   * @default 30
   */
  readonly noncurrentVersionDays?: number;

  /**
   * What is deleted by itself, so many days after it was written.
   *
   * Shape: a prefix of objects' names, not empty; whole number, at least 1. Change: in place, for what is there too.
   * @default nothing
   */
  readonly expires?: { readonly prefix: string; readonly days: number };

  /**
   * Days for which a deleted object can be restored, whoever or whatever deleted it. 0 switches it off.
   *
   * Shape: 0, or 7 to 90 days.
   * @default 7
   * @see cloud.google.com/storage/docs/soft-delete (2026-11)
   */
  readonly softDeleteDays?: number;

  /**
   * Cloud KMS key that encrypts new objects. Google Storage's service agent must be able to use it first (`dependsOn`).
   * @default Google's own key
   */
  readonly kmsKeyName?: string;

  /**
   * Bucket that receives this bucket's usage logs, hourly. It exists, is another one, and
   * `group:cloud-storage-analytics@google.com` may create objects in it.
   * @default no usage logs
   */
  readonly accessLogBucket?: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Refuse to destroy the bucket; when false, destroying it deletes its objects with it.
   * @default true
   */
  readonly deletionProtection?: boolean;

  /** Who may do what in this bucket. @default nobody */
  readonly grants?: Grants;

  /** @default nothing */
  readonly dependsOn?: ITerraformDependable[];
}

/** A private bucket whose objects survive mistakes: versions, soft delete, no public access. */
export class DataBucket extends Construct {
  readonly bucketName: string;
  /** Everything a consumer must wait for: the bucket and its grants. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DataBucketProps) {
    super(scope, id);
    check(this, props, dataBucketRules);
    const bucket = new StorageBucket(this, "Default", bucketConfig(props));
    // Not in the bindings: prevent_destroy is lost with the block it stands in, this lock stays in the state.
    // registry.terraform.io/providers/hashicorp/google/7.45.0/docs/resources/storage_bucket#deletion_policy
    bucket.addOverride("deletion_policy", (props.deletionProtection ?? true) ? "PREVENT" : "DELETE");
    const grants = grantOnBucket(this, "grants", { bucket: bucket.name }, props.grants ?? {});

    this.bucketName = bucket.name;
    this.ready = [bucket, ...grants];
  }
}

const dataBucketRules: readonly Rule<DataBucketProps>[] = [
  ({ name }) =>
    /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/.test(name) && !/^goog|google/.test(name)
      ? undefined
      : `name must be 3 to 63 lowercase letters, digits, hyphens and underscores, start and end with a letter or digit, ` +
        `not start with "goog" and not contain "google", got ${JSON.stringify(name)}`,
  ({ softDeleteDays: days = 7 }) =>
    days === 0 || (Number.isInteger(days) && days >= 7 && days <= 90)
      ? undefined
      : `softDeleteDays must be 0 (off) or a whole number from 7 to 90, got ${days}`,
  ({ name, accessLogBucket }) =>
    accessLogBucket === name
      ? `accessLogBucket must be another bucket, got ${JSON.stringify(name)}; a bucket that logs into itself never stops`
      : undefined,
  ({ expires }) =>
    expires === undefined || (expires.prefix !== "" && Number.isInteger(expires.days) && expires.days >= 1)
      ? undefined
      : `expires must have a prefix and a whole number of days of at least 1, got ${JSON.stringify(expires)}; without a prefix everything would go`,
  ({ noncurrentVersionDays: days = 30 }) =>
    Number.isInteger(days) && days >= 1
      ? undefined
      : `noncurrentVersionDays must be a whole number of at least 1, got ${days}`,
];

/** An old version has had its day, and goes by the rule of old versions: the age of all would take it at once. */
function expiry({ prefix, days }: { readonly prefix: string; readonly days: number }) {
  return { action: { type: "Delete" }, condition: { age: days, matchesPrefix: [prefix], withState: "LIVE" } };
}

/** Everything about the bucket that follows from the props alone. */
export function bucketConfig(props: DataBucketProps): StorageBucketConfig {
  const deletionProtection = props.deletionProtection ?? true;
  return {
    project: props.project,
    name: props.name,
    location: props.location,
    labels: props.labels,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: props.versioning ?? true },
    softDeletePolicy: { retentionDurationSeconds: (props.softDeleteDays ?? 7) * 86_400 },
    lifecycleRule: [
      // The parts of an upload that never finished are invisible in a listing, and billed.
      { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
      {
        action: { type: "Delete" },
        condition: { daysSinceNoncurrentTime: props.noncurrentVersionDays ?? 30 },
      },
      ...(props.expires ? [expiry(props.expires)] : []),
    ],
    logging:
      props.accessLogBucket === undefined
        ? undefined
        : { logBucket: props.accessLogBucket, logObjectPrefix: props.name },
    encryption: props.kmsKeyName === undefined ? undefined : { defaultKmsKeyName: props.kmsKeyName },
    forceDestroy: !deletionProtection,
    lifecycle: { preventDestroy: deletionProtection },
    dependsOn: props.dependsOn,
  };
}
