import { StorageBucket, type StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { grantOnBucket, type Grants } from "./grants";

export interface StateBucketProps {
  readonly project: string;

  /** Unique in all of Google Cloud. Change: replaces the bucket, which is refused. */
  readonly name: string;

  /** Region or multi-region. Change: replaces the bucket, which is refused. */
  readonly location: string;

  /** Bucket that receives this one's usage logs: who read a state. @default no usage logs */
  readonly accessLogBucket?: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Who may read and write states. @default whoever may on the project */
  readonly grants?: Grants;

  /** @default nothing */
  readonly dependsOn?: ITerraformDependable[];
}

/** Versions of a state that always stay, however old. */
const KEPT_VERSIONS = 50;
const SOFT_DELETE_DAYS = 30;

/**
 * The bucket for Terraform's states: every version can be brought back, and nobody outside can read one.
 *
 * No retention policy: Terraform's lock is an object that must be deletable at once.
 */
export class StateBucket extends Construct {
  /** Everything a consumer must wait for: the bucket and its grants. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const bucket = new StorageBucket(this, "Default", stateBucketConfig(props));
    // registry.terraform.io/providers/hashicorp/google/7.45.0/docs/resources/storage_bucket#deletion_policy
    bucket.addOverride("deletion_policy", "PREVENT");
    this.ready = [bucket, ...grantOnBucket(this, "grants", { bucket: bucket.name }, props.grants ?? {})];
  }
}

function stateBucketConfig(props: StateBucketProps): StorageBucketConfig {
  return {
    project: props.project,
    name: props.name,
    location: props.location,
    labels: props.labels,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    softDeletePolicy: { retentionDurationSeconds: SOFT_DELETE_DAYS * 86_400 },
    lifecycleRule: [
      {
        action: { type: "Delete" },
        condition: { numNewerVersions: KEPT_VERSIONS, daysSinceNoncurrentTime: 365, withState: "ARCHIVED" },
      },
    ],
    logging:
      props.accessLogBucket === undefined
        ? undefined
        : { logBucket: props.accessLogBucket, logObjectPrefix: props.name },
    forceDestroy: false,
    lifecycle: { preventDestroy: true },
    dependsOn: props.dependsOn,
  };
}
