/**
 * v1beta2 throughout. Under it Helm drops fields of older versions without a word: a ClusterQueue's plain
 * `admissionChecks` would leave DWS out.
 */
export const KUEUE_API = "kueue.x-k8s.io/v1beta2";

/** LocalQueue, and default PodTemplate, for CPU tasks and for every GPU flavor without a queue of its own. */
export const TASKS = "tasks";

/** Flavor of CPU and memory in a team's own queue: any node. */
export const GENERAL_FLAVOR = "general";

/** Flavor of the CPU and memory that come with the GPUs of a `queued` or `ladder` flavor. */
export const GPU_HOSTS_FLAVOR = "gpu-hosts";

/** Parent of all teams' cohorts. */
export const ROOT_COHORT = "environment";

/** Names that have a meaning of their own. `default`: a LocalQueue of that name would take in every pod of its namespace. */
export const reservedNames: readonly string[] = [
  "default",
  ROOT_COHORT,
  GENERAL_FLAVOR,
  GPU_HOSTS_FLAVOR,
  TASKS,
];

/** Namespace of a Flyte project-domain. Flyte's own default, `namespace_mapping.template`. */
export function namespaceOf(project: string, domain: string): string {
  return `${project}-${domain}`;
}

/** Helm release of a project-domain's objects. */
export function tenantRelease(project: string, domain: string): string {
  return `tenant-${namespaceOf(project, domain)}`;
}

/** ClusterQueue of a flavor that has a queue of its own. */
export function ownClusterQueue(team: string, flavor: string): string {
  return `${team}-${flavor}`;
}
