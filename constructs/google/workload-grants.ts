import { Construct } from "constructs";
import { grantOnBucket, grantsTo } from "./grants";

/** What the pods of one Kubernetes account may do, as that account: no service account of Google's, no key. */
export interface WorkloadGrant {
  readonly namespace: string;
  /** Name of the Kubernetes service account. */
  readonly account: string;
  /** Roles on the buckets that Flyte and its tasks use, by the bucket's key. */
  readonly buckets: Readonly<Partial<Record<"metadata" | "data", readonly string[]>>>;
}

/** By a stable key: another key is another Terraform address. */
export type WorkloadGrants = Readonly<Record<string, WorkloadGrant>>;

export interface WorkloadGrantsProps {
  /** Id of the project whose workload identity pool the cluster uses. */
  readonly project: string;
  /** Number of that project. */
  readonly projectNumber: string;
  readonly grants: WorkloadGrants;
  /** Names of the buckets. */
  readonly buckets: Readonly<Record<"metadata" | "data", string>>;
}

/** @see cloud.google.com/kubernetes-engine/docs/how-to/workload-identity (2026-11) */
export function grantWorkloads(scope: Construct, id: string, props: WorkloadGrantsProps): void {
  const { project, projectNumber, buckets } = props;
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
  const parent = new Construct(scope, id);
  for (const [key, { namespace, account, buckets: roles }] of Object.entries(props.grants)) {
    const member = `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${account}`;
    const own = new Construct(parent, key);
    for (const bucket of ["metadata", "data"] as const)
      grantOnBucket(own, bucket, { bucket: buckets[bucket] }, grantsTo(member, roles[bucket] ?? []));
  }
}
