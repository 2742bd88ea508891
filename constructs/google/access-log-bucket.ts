import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { grantOnBucket } from "./grants";

export interface AccessLogBucketProps {
  readonly project: string;

  /** Unique in all of Google Cloud. Change: replaces the bucket, which is refused. */
  readonly name: string;

  /** Region or multi-region. Change: replaces the bucket, which is refused. */
  readonly location: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** @default nothing */
  readonly dependsOn?: ITerraformDependable[];
}

const KEPT_DAYS = 400;

/**
 * Receives the usage logs of other buckets, and keeps them for a year and a little more.
 *
 * @see cloud.google.com/storage/docs/access-logs
 */
export class AccessLogBucket extends Construct {
  /** Everything a consumer must wait for: the bucket, and that Google may write into it. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    const bucket = new StorageBucket(this, "Default", {
      project: props.project,
      name: props.name,
      location: props.location,
      labels: props.labels,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      lifecycleRule: [{ action: { type: "Delete" }, condition: { age: KEPT_DAYS } }],
      forceDestroy: false,
      lifecycle: { preventDestroy: true },
      dependsOn: props.dependsOn,
    });
    const writer = {
      role: "roles/storage.objectCreator",
      member: "group:cloud-storage-analytics@google.com",
    };
    this.ready = [bucket, ...grantOnBucket(this, "grants", { bucket: bucket.name }, { analytics: writer })];
  }
}
