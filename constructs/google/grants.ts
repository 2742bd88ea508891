import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";
import { BigqueryDatasetIamMember } from "@cdktf/provider-google/lib/bigquery-dataset-iam-member";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { LoggingLogViewIamMember } from "@cdktf/provider-google/lib/logging-log-view-iam-member";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** One role for one member. */
export interface Grant {
  /** For example `roles/storage.objectUser`. */
  readonly role: string;
  /** For example `serviceAccount:ci@acme-dev.iam.gserviceaccount.com`, `group:…`, `principalSet://…`. */
  readonly member: string;
  /** When it counts. Change: replaces the grant. @default always */
  readonly condition?: GrantCondition;
}

/** A condition of IAM's. */
export interface GrantCondition {
  readonly title: string;
  readonly description: string;
  /** In the Common Expression Language. @see cloud.google.com/iam/docs/conditions-overview (2026-11) */
  readonly expression: string;
}

/** Grants by a stable key. The key is the construct id: another key is another Terraform address. */
export type Grants = Readonly<Record<string, Grant>>;

/** The same member with each of the roles. A role is its own key: `roles/storage.objectUser` → `storage.objectUser`. */
export function grantsTo(member: string, roles: readonly string[]): Grants {
  return Object.fromEntries(roles.map((role) => [role.replace(/^roles\//, ""), { role, member }]));
}

// Only `*_iam_member` resources: they add one member and leave everybody else's access alone.
// A binding or a policy would take away what it does not list. Roles live on the resource that
// carries them; `grantOnProject` is for roles that no single resource can carry.
export const grantOnBucket = grantWith<{ bucket: string }>(StorageBucketIamMember);
export const grantOnRepository = grantWith<{ project: string; location: string; repository: string }>(
  ArtifactRegistryRepositoryIamMember,
);
export const grantOnDataset = grantWith<{ project: string; datasetId: string }>(BigqueryDatasetIamMember);
export const grantOnSecret = grantWith<{ project: string; secretId: string }>(SecretManagerSecretIamMember);
export const grantOnServiceAccount = grantWith<{ serviceAccountId: string }>(ServiceAccountIamMember);
export const grantOnCryptoKey = grantWith<{ cryptoKeyId: string }>(KmsCryptoKeyIamMember);
export const grantOnLogView = grantWith<{ parent: string; location: string; bucket: string; name: string }>(
  LoggingLogViewIamMember,
);
export const grantOnProject = grantWith<{ project: string }>(ProjectIamMember);

/** `dependsOn`: what must exist before the members may be named, such as the cluster that makes an identity pool. */
type Target<Resource> = Resource & { readonly dependsOn?: ITerraformDependable[] };

type MemberClass<Resource> = new (
  scope: Construct,
  id: string,
  config: Target<Resource> & Grant,
) => ITerraformDependable;

/** A function that makes one member resource per grant, under `id`, and returns them all. */
function grantWith<Resource>(Member: MemberClass<Resource>) {
  return (scope: Construct, id: string, target: Target<Resource>, grants: Grants): ITerraformDependable[] => {
    const parent = new Construct(scope, id);
    return Object.entries(grants).map(
      ([key, { role, member, condition }]) =>
        new Member(parent, key, { ...target, role, member, ...(condition && { condition }) }),
    );
  };
}
