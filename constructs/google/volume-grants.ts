import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { grantOnBucket, grantsTo } from "./grants";
import { namespacePods, readRoles, taskRoles } from "./task-grants";

export interface VolumeGrant {
  readonly bucket: string;
  readonly readOnly: boolean;
  /** Whose tasks have it. */
  readonly namespaces: readonly string[];
}

export interface VolumeGrantsProps {
  /** Id of the project whose workload identity pool the cluster uses. */
  readonly project: string;
  /** Number of that project. */
  readonly projectNumber: string;
  /** By the volume's name, which is part of the address. */
  readonly volumes: Readonly<Record<string, VolumeGrant>>;
}

/** Lets the tasks of each team use the buckets of its volumes, and no other's. */
export function grantVolumes(scope: Construct, id: string, props: VolumeGrantsProps): ITerraformDependable[] {
  const entries = Object.entries(props.volumes);
  if (entries.length === 0) return [];
  const parent = new Construct(scope, id);
  return entries.flatMap(([name, { bucket, readOnly, namespaces }]) => {
    const volume = new Construct(parent, name);
    return namespaces.flatMap((namespace) =>
      grantOnBucket(
        volume,
        namespace,
        { bucket },
        grantsTo(namespacePods(props, namespace), readOnly ? readRoles : taskRoles),
      ),
    );
  });
}
