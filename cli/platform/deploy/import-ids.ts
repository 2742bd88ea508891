import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Values = Readonly<Record<string, unknown>>;

/** What a stack states of its resources: type, then id, then arguments, as in `cdk.tf.json`. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Values>>>>;

const inProject = (rest: string) => `projects/{project}/${rest}`;

/**
 * By which ID a resource is imported: arguments in braces, those of a first block by a path, and what holds where none is stated.
 * Source: section "Import" of each resource's page of the providers google 7, helm 3 and kubernetes 3.
 */
export const importIds: Readonly<Record<string, string>> = {
  google_artifact_registry_repository: inProject("locations/{location}/repositories/{repository_id}"),
  google_certificate_manager_certificate: inProject("locations/{location|global}/certificates/{name}"),
  google_certificate_manager_certificate_map: inProject("locations/global/certificateMaps/{name}"),
  google_certificate_manager_certificate_map_entry: inProject(
    "locations/global/certificateMaps/{map}/certificateMapEntries/{name}",
  ),
  google_certificate_manager_dns_authorization: inProject(
    "locations/{location|global}/dnsAuthorizations/{name}",
  ),
  google_compute_address: inProject("regions/{region}/addresses/{name}"),
  google_compute_firewall: inProject("global/firewalls/{name}"),
  google_compute_global_address: inProject("global/addresses/{name}"),
  google_compute_network: inProject("global/networks/{name}"),
  google_compute_region_ssl_policy: inProject("regions/{region}/sslPolicies/{name}"),
  google_compute_router: inProject("regions/{region}/routers/{name}"),
  google_compute_router_nat: inProject("regions/{region}/routers/{router}/{name}"),
  google_compute_security_policy: inProject("global/securityPolicies/{name}"),
  google_compute_ssl_policy: inProject("global/sslPolicies/{name}"),
  google_compute_subnetwork: inProject("regions/{region}/subnetworks/{name}"),
  google_container_cluster: inProject("locations/{location}/clusters/{name}"),
  google_dns_managed_zone: inProject("managedZones/{name}"),
  google_dns_record_set: inProject("managedZones/{managed_zone}/rrsets/{name}/{type}"),
  google_filestore_instance: inProject("locations/{location}/instances/{name}"),
  google_gke_backup_backup_plan: inProject("locations/{location}/backupPlans/{name}"),
  google_iam_workload_identity_pool: inProject(
    "locations/global/workloadIdentityPools/{workload_identity_pool_id}",
  ),
  google_iam_workload_identity_pool_provider: inProject(
    "locations/global/workloadIdentityPools/{workload_identity_pool_id}/providers/{workload_identity_pool_provider_id}",
  ),
  google_kms_crypto_key: "{key_ring}/cryptoKeys/{name}",
  google_kms_key_ring: inProject("locations/{location}/keyRings/{name}"),
  google_logging_log_view: "{bucket}/views/{name}",
  google_logging_project_bucket_config: inProject("locations/{location}/buckets/{bucket_id}"),
  google_logging_project_sink: inProject("sinks/{name}"),
  google_project_iam_custom_role: inProject("roles/{role_id}"),
  google_secret_manager_secret: inProject("secrets/{secret_id}"),
  google_service_account: inProject("serviceAccounts/{account_id}@{project}.iam.gserviceaccount.com"),
  google_service_networking_connection: "{network}:{service}",
  google_sql_database: inProject("instances/{instance}/databases/{name}"),
  google_sql_database_instance: inProject("instances/{name}"),
  google_sql_user: "{project}/{instance}/{name}",
  google_storage_bucket: "{project}/{name}",
  helm_release: "{namespace}/{name}",
  kubernetes_namespace_v1: "{metadata.name}",
  kubernetes_secret_v1: "{metadata.namespace}/{metadata.name}",
  kubernetes_role_v1: "{metadata.namespace}/{metadata.name}",
  kubernetes_role_binding_v1: "{metadata.namespace}/{metadata.name}",
};

/** The ID by which `terraform import` finds a stack's resource; undefined where only Google knows it. */
export function importId(resources: Resources, address: string): string | undefined {
  const [type = "", id = ""] = address.split(".");
  const template = importIds[type];
  const values = resources[type]?.[id];
  if (template === undefined || values === undefined) return undefined;
  const parts = new Map(
    [...template.matchAll(/\{([^}]+)\}/g)].map(([, path = ""]) => [path, stated(resources, values, path)]),
  );
  if ([...parts.values()].includes(undefined)) return undefined;
  return template.replaceAll(/\{([^}]+)\}/g, (_, path: string) => parts.get(path) ?? "");
}

/** An argument's value: as written, or of the resource that it refers to. */
function stated(resources: Resources, values: Values, path: string): string | undefined {
  const [name = "", otherwise] = path.split("|");
  const value = at(values, name) ?? otherwise;
  if (typeof value !== "string") return undefined;
  if (!value.includes("${")) return value;
  const [, address = "", attribute = ""] = /^\$\{(\w+\.[\w-]+)\.(\w+)\}$/.exec(value) ?? [];
  if (attribute === "id") return importId(resources, address);
  const [type = "", id = ""] = address.split(".");
  const other = resources[type]?.[id];
  return other ? stated(resources, other, attribute) : undefined;
}

function at(values: Values, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => {
    const block: unknown = Array.isArray(value) ? value[0] : value;
    return typeof block === "object" && block !== null ? (block as Values)[name] : undefined;
  }, values);
}

/** What the synthesis stated of a stack's resources; nothing where there is no such stack. */
export function readResources(folder: string): Resources {
  const file = join(folder, "cdk.tf.json");
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, "utf8")) as { resource?: Resources }).resource ?? {};
}
