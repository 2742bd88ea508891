import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { grantOnBucket, type Grants, grantsTo } from "./grants";
import { continued, mostNamespaces } from "./task-namespaces";

export interface TaskGrantsProps {
  /** Id of the project whose workload identity pool the cluster uses. */
  readonly project: string;

  /** Number of that project; pools are addressed by number. A token of `data.google_project` will do. */
  readonly projectNumber: string;

  /**
   * Kubernetes namespaces whose pods are tasks: `<Flyte project>-<domain>`.
   *
   * Change: a new one adds its grants, a removed one loses them; the others stay as they are.
   */
  readonly namespaces: readonly string[];

  /** Names of the buckets that tasks read and write, by a stable key. */
  readonly buckets: Readonly<Record<string, string>>;

  /**
   * Where a namespace's pods write in a bucket, by the bucket's key: only objects whose name starts with this prefix, the
   * namespace's name and a hyphen. They read the whole bucket.
   *
   * Change: replaces the grant.
   * @default - everywhere in each bucket
   */
  readonly writesBelow?: Readonly<Record<string, string>>;

  /**
   * What makes the workload identity pool: the cluster. Before it exists Google answers "Identity Pool does not exist".
   * @default nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * objectUser reads, writes and deletes objects; legacyBucketReader adds `storage.buckets.get`, which Flyte's
 * storage client asks for when it starts and no object role contains.
 */
export const taskRoles = ["roles/storage.objectUser", "roles/storage.legacyBucketReader"];

/** The same, for a bucket that is written below one prefix: what may be written there is said by a condition. */
export const readRoles = ["roles/storage.objectViewer", "roles/storage.legacyBucketReader"];

/**
 * Lets the pods of each namespace use the buckets, as the namespace: no service account to share, no key to leak.
 *
 * @see cloud.google.com/kubernetes-engine/docs/how-to/workload-identity (2026-11)
 */
export class TaskGrants extends Construct {
  /** Everything a task must wait for. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TaskGrantsProps) {
    super(scope, id);
    check(this, props, taskGrantsRules);
    const { buckets, writesBelow = {}, dependsOn } = props;
    this.ready = props.namespaces.flatMap((namespace) => {
      const parent = new Construct(this, namespace);
      const pods = namespacePods(props, namespace);
      return Object.entries(buckets).flatMap(([key, bucket]) => {
        const prefix = writesBelow[key];
        const grants =
          prefix === undefined
            ? grantsTo(pods, taskRoles)
            : writingBelow(pods, bucket, `${prefix}${namespace}-`);
        return grantOnBucket(parent, key, { bucket, dependsOn }, grants);
      });
    });
  }
}

/** Reads everything, writes and deletes only what is named so. */
function writingBelow(member: string, bucket: string, prefix: string): Grants {
  return {
    ...grantsTo(member, readRoles),
    "storage.objectUser": {
      role: "roles/storage.objectUser",
      member,
      condition: {
        title: "only-own-executions",
        description: `Objects whose name starts with ${prefix}`,
        expression: `resource.name.startsWith("projects/_/buckets/${bucket}/objects/${prefix}")`,
      },
    },
  };
}

/** Every pod of a namespace, whatever its Kubernetes service account. */
export function namespacePods(
  { project, projectNumber }: Pick<TaskGrantsProps, "project" | "projectNumber">,
  namespace: string,
): string {
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
  return `principalSet://iam.googleapis.com/${pool}/namespace/${namespace}`;
}

const taskGrantsRules: readonly Rule<TaskGrantsProps>[] = [
  ({ namespaces }) => {
    const wrong = namespaces.filter((name) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name));
    return wrong.length === 0
      ? undefined
      : `namespaces must be 1 to 63 lowercase letters, digits and hyphens, not start or end with a hyphen, ` +
          `got ${wrong.map((name) => JSON.stringify(name)).join(", ")}`;
  },
  ({ namespaces, writesBelow }) => {
    const [pair] = writesBelow === undefined ? [] : continued(namespaces);
    return (
      pair &&
      `namespaces must not go on where another one's prefix ends, got ${JSON.stringify(pair[0])} beside ${JSON.stringify(pair[1])}; tasks of the second could write what is the first's`
    );
  },
  ({ namespaces, writesBelow }) =>
    writesBelow === undefined || namespaces.length <= mostNamespaces
      ? undefined
      : `namespaces must be at most ${mostNamespaces}, got ${namespaces.length}; IAM takes 1,500 principals in a bucket's policy`,
];
