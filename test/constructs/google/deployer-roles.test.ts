import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  certificateRoles,
  datasetReader,
  datasetRoles,
  deployerRoles,
  dnsZoneRoles,
  fileServerReader,
  fileServerRoles,
  grantableRoles,
  plannerPermissions,
  plannerRoles,
  teamPeopleRoles,
} from "../../../constructs/google/deployer-roles";

/** Which role makes and grants on the resources whose type begins so. The longest beginning decides. */
const makers: Readonly<Record<string, string>> = {
  google_artifact_registry_: "roles/artifactregistry.admin",
  google_bigquery_: "roles/bigquery.dataOwner",
  google_certificate_manager_: "roles/certificatemanager.editor",
  google_compute_: "roles/compute.networkAdmin",
  google_compute_firewall: "roles/compute.securityAdmin",
  google_compute_region_ssl_policy: "roles/compute.securityAdmin",
  google_compute_ssl_policy: "roles/compute.securityAdmin",
  google_container_: "roles/container.admin",
  google_dns_: "roles/dns.admin",
  google_filestore_: "roles/file.editor",
  google_gke_backup_: "roles/gkebackup.admin",
  google_kms_: "roles/cloudkms.admin",
  google_logging_: "roles/logging.configWriter",
  google_monitoring_: "roles/monitoring.editor",
  google_project_iam_member: "roles/resourcemanager.projectIamAdmin",
  google_project_service: "roles/serviceusage.serviceUsageAdmin",
  google_secret_manager_: "roles/secretmanager.admin",
  google_service_account: "roles/iam.serviceAccountCreator",
  google_service_networking_: "roles/servicenetworking.networksAdmin",
  google_sql_: "roles/cloudsql.admin",
  google_storage_: "roles/storage.admin",
};

const roles = {
  ...deployerRoles,
  ...certificateRoles,
  ...teamPeopleRoles,
  ...fileServerRoles,
  ...datasetRoles,
  ...dnsZoneRoles,
};

/** Which of the planner's roles reads the resources whose type begins so. The longest beginning decides. */
const readers: Readonly<Record<string, string>> = {
  google_artifact_registry_: "roles/artifactregistry.reader",
  google_bigquery_: datasetReader,
  google_certificate_manager_: "roles/certificatemanager.viewer",
  google_compute_: "roles/compute.viewer",
  google_container_: "roles/container.viewer",
  google_dns_: "roles/dns.reader",
  google_filestore_: fileServerReader,
  google_gke_backup_: "roles/gkebackup.viewer",
  google_kms_: "roles/cloudkms.viewer",
  google_monitoring_: "roles/monitoring.viewer",
  google_project_iam_member: "roles/iam.securityReviewer",
  google_project_service: "roles/serviceusage.serviceUsageViewer",
  google_secret_manager_: "roles/secretmanager.viewer",
  google_service_account: "roles/iam.securityReviewer",
  google_service_networking_: "roles/servicenetworking.viewer",
  google_sql_: "roles/cloudsql.viewer",
  google_storage_: "roles/storage.bucketViewer",
};

/** Google resource types that the environments' stacks hold, by the inventories of their addresses. */
function typesInUse(): string[] {
  const lines = readdirSync("test/inventories").flatMap((file) =>
    readFileSync(join("test/inventories", file), "utf8").split("\n"),
  );
  return [...new Set(lines.flatMap((line) => /\b(google_\w+)\./.exec(line)?.[1] ?? []))];
}

const roleFor = (table: Readonly<Record<string, string>>, type: string) =>
  Object.keys(table)
    .filter((beginning) => type.startsWith(beginning))
    .sort((a, b) => b.length - a.length)
    .map((beginning) => table[beginning] ?? "")[0];

describe("the deployer's roles", () => {
  test("cover every type of resource that a stack holds", () => {
    expect(typesInUse().length).toBeGreaterThan(10);
    expect(typesInUse().filter((type) => !Object.hasOwn(roles, roleFor(makers, type) ?? ""))).toEqual([]);
  });

  test("are each needed for one, or say why they are there", () => {
    const needed = new Set(Object.values(makers));
    expect(Object.keys(roles).filter((role) => !needed.has(role))).toEqual([]);
  });

  test("hold no basic role, and none by which it could become another account of the project", () => {
    const becoming = /owner|editor$|roles\/iam\.(?!serviceAccountCreator$)/;
    expect(Object.keys(roles).filter((role) => becoming.test(role))).toEqual([
      "roles/monitoring.editor",
      "roles/certificatemanager.editor",
      "roles/file.editor",
    ]);
  });

  test("name what to ask Google about, and a reason", () => {
    for (const { needs, reason } of Object.values(roles)) {
      expect(needs.length).toBeGreaterThan(0);
      expect(reason.length).toBeGreaterThan(10);
    }
    expect(grantableRoles).toEqual([
      "roles/container.defaultNodeServiceAccount",
      "roles/serviceusage.serviceUsageConsumer",
      "roles/container.clusterViewer",
    ]);
  });
});

describe("the planner's roles", () => {
  test("read every type of resource that a stack holds", () => {
    const unread = typesInUse().filter(
      (type) =>
        ![...Object.keys(plannerRoles), fileServerReader, datasetReader].includes(
          roleFor(readers, type) ?? "",
        ),
    );
    // Read by single permissions: the role that holds them reads every log.
    const logging = [
      "google_logging_log_view",
      "google_logging_log_view_iam_member",
      "google_logging_project_bucket_config",
      "google_logging_project_sink",
    ];
    // A fork may have no team whose people are let in.
    expect(unread.filter((type) => !logging.includes(type))).toEqual([]);
    expect(Object.keys(plannerPermissions)).toEqual(
      ["buckets", "sinks", "views"].map((what) => `logging.${what}.get`),
    );
  });

  test("are each needed for one, or say why they are there", () => {
    const needed = new Set(Object.values(readers));
    expect(Object.keys(plannerRoles).filter((role) => !needed.has(role))).toEqual(["roles/browser"]);
  });
});
