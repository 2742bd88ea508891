import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { TeamAccess } from "../team-access";
import { secretOf, datasetOf } from "../team-access";
import { grantOnBucket, grantOnDataset, grantOnSecret, grantsTo } from "./grants";
import { namespacePods, readRoles, taskRoles } from "./task-grants";

export interface TeamAccessProps {
  /** Id of the project whose workload identity pool the cluster uses; secrets without a project are its, too. */
  readonly project: string;
  /** Number of that project. */
  readonly projectNumber: string;
  /** Whose tasks have it. */
  readonly namespaces: readonly string[];
  readonly access: TeamAccess;
}

/** Rows of a dataset's tables; to run a query is a right on a project, which nobody gets here. */
const datasetRoles = { read: "roles/bigquery.dataViewer", write: "roles/bigquery.dataEditor" } as const;

/** What a team's tasks may do with things of its own, each by its name: nothing on a project. */
export function grantTeam(scope: Construct, id: string, props: TeamAccessProps): ITerraformDependable[] {
  const { project, namespaces, access } = props;
  const { buckets = {}, datasets = {}, secrets = [] } = access;
  const parent = new Construct(scope, id);
  /** `grant` for each thing and namespace, with an address by both their names. */
  const each = <T>(
    kind: string,
    things: Readonly<Record<string, T>>,
    grant: (at: Construct, namespace: string, thing: string, value: T) => ITerraformDependable[],
  ) => {
    const entries = Object.entries(things);
    if (entries.length === 0) return [];
    const ofKind = new Construct(parent, kind);
    return entries.flatMap(([thing, value]) => {
      const at = new Construct(ofKind, thing.replaceAll("/", "."));
      return namespaces.flatMap((namespace) => grant(at, namespace, thing, value));
    });
  };
  const pods = (namespace: string) => namespacePods(props, namespace);
  return [
    ...each("buckets", buckets, (at, namespace, bucket, may) =>
      grantOnBucket(
        at,
        namespace,
        { bucket },
        grantsTo(pods(namespace), may === "read" ? readRoles : taskRoles),
      ),
    ),
    ...each("datasets", datasets, (at, namespace, dataset, may) =>
      grantOnDataset(at, namespace, datasetOf(dataset), grantsTo(pods(namespace), [datasetRoles[may]])),
    ),
    ...each(
      "secrets",
      Object.fromEntries(secrets.map((secret) => [secret, "read"])),
      (at, namespace, secret) =>
        grantOnSecret(
          at,
          namespace,
          secretOf(secret, project),
          grantsTo(pods(namespace), ["roles/secretmanager.secretAccessor"]),
        ),
    ),
  ];
}
