import { stateful } from "../../cli/platform/deploy/stateful";
import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import { full } from "../support/environments/full";
import { type Attributes, type StackJson, synthesise } from "../support/synth";

// The locks of an environment, all stacks together: each construct has its own, and only here is it seen whether a
// stack hands the setting on.

function resourcesOf(deletionProtection: boolean): [type: string, resource: Attributes][] {
  const { environments } = defineEnvironments([{ ...full, deletionProtection }]);
  const stacks: StackJson[] = Object.values(synthesise((outdir) => buildApp(environments, { outdir })));
  return stacks.flatMap(({ resource = {} }) =>
    Object.entries(resource).flatMap(([type, byId]) =>
      Object.values(byId).map((each): [string, Attributes] => [type, each]),
    ),
  );
}

const typesOf = (found: readonly [string, Attributes][]) => [...new Set(found.map(([type]) => type))].sort();

/** Google's own lock, which holds whoever asks; Terraform's holds in its plan only. */
const lockedAtGoogle = ([, each]: [string, Attributes]) =>
  each["deletion_protection"] === true ||
  each["deletion_protection_enabled"] === true ||
  each["deletion_policy"] === "PREVENT";
const lockedInPlan = ([, { lifecycle }]: [string, Attributes]) => lifecycle?.prevent_destroy === true;

describe("with deletionProtection", () => {
  const found = resourcesOf(true);

  test("no plan destroys what holds data, or the way to it", () => {
    expect(typesOf(found.filter(lockedInPlan))).toEqual([
      "google_artifact_registry_repository",
      "google_compute_global_address",
      "google_compute_network",
      "google_compute_subnetwork",
      "google_container_cluster",
      "google_filestore_instance",
      "google_gke_backup_backup_plan",
      "google_kms_crypto_key",
      "google_kms_key_ring",
      "google_secret_manager_secret",
      "google_service_networking_connection",
      "google_sql_database",
      "google_sql_database_instance",
      "google_storage_bucket",
      "helm_release",
      "kubernetes_namespace_v1",
    ]);
    // One open bucket would be enough.
    const data = found.filter(([type]) =>
      /^google_(storage_bucket|filestore_instance|kms_crypto_key|sql_database\w*)$/.test(type),
    );
    expect(data.filter((each) => !lockedInPlan(each))).toEqual([]);
  });

  test("neither Terraform nor the console deletes the cluster, the database, its password, buckets, files and images", () => {
    expect(typesOf(found.filter(lockedAtGoogle))).toEqual([
      "google_artifact_registry_repository",
      "google_container_cluster",
      "google_filestore_instance",
      "google_secret_manager_secret",
      "google_sql_database_instance",
      "google_storage_bucket",
    ]);
    const instance = found.find(([type]) => type === "google_sql_database_instance")![1];
    expect(instance["settings"].deletion_protection_enabled).toBe(true);
  });

  test("what is locked, `platform deploy` calls a loss where the lock is off", () => {
    // The queues come back with a deploy; the range goes with its connection.
    const others = ["google_compute_global_address", "helm_release", "kubernetes_namespace_v1"];
    const locked = typesOf(found.filter((each) => lockedInPlan(each) || lockedAtGoogle(each)));
    expect(Object.keys(stateful).sort()).toEqual(locked.filter((type) => !others.includes(type)));
  });
});

test("without it nothing stands in the way of a destroy", () => {
  const found = resourcesOf(false);
  expect(typesOf(found.filter((each) => lockedInPlan(each) || lockedAtGoogle(each)))).toEqual([]);
  expect(JSON.stringify(found)).not.toContain('"deletion_protection_enabled":true');
});
