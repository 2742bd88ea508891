import { type Attributes, type Stack, resourcesOf } from "./synthesised-stack";

/** What some identities may do, and on what. */
export interface Identity {
  readonly title: string;
  /** What it is: a service account, the tasks of some namespaces, an agent of Google's, somebody from outside. */
  readonly kind: string;
  readonly grants: readonly { readonly roles: readonly string[]; readonly on: Target }[];
}

/** A thing that carries access. Several of a kind that everybody sees alike are one target. */
export interface Target {
  readonly name: string;
  readonly kind: "bucket" | "repository" | "secret" | "account" | "key" | "project" | "logs" | "dataset";
}

interface Grant {
  readonly member: Member;
  readonly role: string;
  readonly on: Target;
}

interface Member {
  readonly title: string;
  readonly kind: string;
}

/** Who may do what, from the `*_iam_member` resources: what is really granted, not what was meant. */
export function identitiesOf(stacks: readonly Stack[]): Identity[] {
  const grants = Object.entries(targets).flatMap(([type, targetOf]) =>
    resourcesOf(stacks, type).map(({ stack, resource }): Grant => ({
      member: memberOf(String(resource["member"]), stack),
      role: String(resource["role"]).replace(/^roles\//, ""),
      on: targetOf(resource, stack),
    })),
  );
  return alike(byMember(grants));
}

/** The resources that grant something, and how each names what it is on. */
const targets: Readonly<Record<string, (grant: Attributes, stack: Stack) => Target>> = {
  google_storage_bucket_iam_member: ({ bucket }, stack) => ({ name: nameOf(bucket, stack), kind: "bucket" }),
  google_bigquery_dataset_iam_member: ({ dataset_id }, stack) => ({
    name: nameOf(dataset_id, stack),
    kind: "dataset",
  }),
  google_artifact_registry_repository_iam_member: ({ repository }, stack) => ({
    name: nameOf(repository, stack),
    kind: "repository",
  }),
  google_secret_manager_secret_iam_member: ({ secret_id }, stack) => ({
    name: nameOf(secret_id, stack),
    kind: "secret",
  }),
  google_service_account_iam_member: ({ service_account_id }, stack) => ({
    name: nameOf(service_account_id, stack),
    kind: "account",
  }),
  google_kms_crypto_key_iam_member: ({ crypto_key_id }, stack) => ({
    name: `key ${nameOf(crypto_key_id, stack)}`,
    kind: "key",
  }),
  google_logging_log_view_iam_member: ({ bucket }, stack) => ({
    name: nameOf(bucket, stack),
    kind: "logs",
  }),
  google_project_iam_member: ({ project }, stack) => ({ name: nameOf(project, stack), kind: "project" }),
};

/** A name as people know it: behind a reference stands the name of what it refers to. */
function nameOf(value: unknown, stack: Stack): string {
  const text = String(value);
  const reference = /^\$\{(\w+)\.([\w-]+)\.\w+\}$/.exec(text);
  if (!reference) return text.replace(/^.*\//, "");
  const [, type = "", id = ""] = reference;
  const referred = stack.resources[type]?.[id] ?? {};
  const name = ["account_id", "repository_id", "secret_id", "name"].find((key) => key in referred);
  return name === undefined ? text : String(referred[name]);
}

const agents: Readonly<Record<string, string>> = {
  "gcp-sa-cloud-sql": "Cloud SQL",
  "cloud-filer": "Filestore",
  "gcp-sa-artifactregistry": "Artifact Registry",
  "container-engine-robot": "Kubernetes Engine",
  "gcp-sa-gkebackup": "Backup for GKE",
};

function memberOf(member: string, stack: Stack): Member {
  const namespace = /\/namespace\/([\w-]+)$/.exec(member)?.[1];
  if (namespace) return { title: namespace, kind: TASKS };
  const pod =
    /\.svc\.id\.goog\[(.+)\]$/.exec(member)?.[1] ??
    /\/subject\/ns\/([\w-]+)\/sa\/([\w-]+)$/.exec(member)?.slice(1).join("/");
  if (pod) return { title: pod, kind: "Kubernetes service account" };
  if (member.includes("google_storage_project_service_account"))
    return { title: "Cloud Storage", kind: "Google's service agent" };
  const agent = /@([\w-]+)\.iam\.gserviceaccount\.com$/.exec(member)?.[1] ?? "";
  if (Object.hasOwn(agents, agent)) return { title: agents[agent] ?? "", kind: "Google's service agent" };
  if (member.startsWith("${")) return { title: nameOf(member, stack), kind: "service account, no key" };
  const [scheme, rest = member] = member.split(/:(.*)/s);
  const own = resourcesOf([stack], "google_service_account").length > 0 || rest.includes("@");
  return {
    title: rest.replace(/\.iam\.gserviceaccount\.com$/, ""),
    kind: own && scheme === "serviceAccount" ? "service account, no key" : (scheme ?? ""),
  };
}

const TASKS = "tasks, by namespace";

/** One entry per identity, with the roles on each target together. An account of the project is one, however it is named. */
function byMember(grants: readonly Grant[]): Identity[] {
  const identities = new Map<
    string,
    { member: Member; on: Map<string, { target: Target; roles: string[] }> }
  >();
  for (const { member, role, on } of grants) {
    const key = member.title.replace(/@.*$/, "");
    const identity = identities.get(key) ?? { member: { ...member, title: key }, on: new Map() };
    const grant = identity.on.get(on.name) ?? { target: on, roles: [] };
    grant.roles.push(role);
    identity.on.set(on.name, grant);
    identities.set(key, identity);
  }
  return [...identities.values()].map(({ member, on }) => ({
    ...member,
    grants: [...on.values()].map(({ target, roles }) => ({ roles: roles.sort(), on: target })),
  }));
}

/** Namespaces that may do the same are one identity; so are targets of a kind on which somebody may do the same. */
function alike(identities: readonly Identity[]): Identity[] {
  const tasks = identities.filter(({ kind }) => kind === TASKS);
  const others = identities.filter(({ kind }) => kind !== TASKS);
  const bySameGrants = new Map<string, Identity[]>();
  for (const each of tasks) {
    const key = JSON.stringify(each.grants);
    bySameGrants.set(key, [...(bySameGrants.get(key) ?? []), each]);
  }
  const merged = [...bySameGrants.values()].map((group): Identity => ({
    title: group.length === 1 ? (group[0]?.title ?? "") : `Tasks of ${group.length} namespaces`,
    kind: group.length === 1 ? TASKS : "each its own Workload Identity principal, no account, no key",
    grants: group[0]?.grants ?? [],
  }));
  return [...others, ...merged].sort((a, b) => rank(a) - rank(b));
}

function rank({ kind }: Identity): number {
  if (kind.includes("service agent")) return 3;
  if (kind === "Kubernetes service account") return 2;
  return kind.includes("principal") || kind === TASKS ? 0 : 1;
}
