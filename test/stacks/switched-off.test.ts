import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { prod } from "../support/environments/prod";
import { type Attributes, type StackJson, resources, synthesise } from "../support/synth";

// A block that is left out is not switched off where the provider takes what Google has instead ("Optional+Computed").

const on: EnvironmentConfig = {
  ...prod,
  network: { ...prod.network, flowLogs: true },
  addOns: { ray: {} },
  cluster: { ...prod.cluster, securityGroup: "gke-security-groups@acme.example" },
  database: { ...prod.database, maxConnections: 500 },
  encryption: { enabled: true, nodes: true, secrets: true },
  registry: { ...prod.registry, immutableTags: true },
};
const off: EnvironmentConfig = {
  ...prod,
  network: { ...prod.network, flowLogs: false },
  cluster: {},
  database: { tier: prod.database!.tier!, highAvailability: false },
  storage: {},
  encryption: { enabled: false },
  registry: { immutableTags: false },
  queues: { ...prod.queues, teams: { research: { projects: ["vision"], cpu: 8, memoryGib: 32 } } },
};

const stacksOf = (config: EnvironmentConfig) =>
  Object.values(synthesise((outdir) => buildApp(defineEnvironments([config]).environments, { outdir })));

/** Paths of what is there in `a` and missing in `b`, as `type.attribute.attribute`. */
function missing(a: unknown, b: unknown, path: string): string[] {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === 1 && b.length === 1 ? missing(a[0], b[0], path) : [];
  if (a === null || typeof a !== "object") return [];
  const other = (b ?? {}) as Attributes;
  return Object.entries(a).flatMap(([key, value]) =>
    key in other ? missing(value, other[key], `${path}.${key}`) : [`${path}.${key}`],
  );
}

function lost(): string[] {
  const [with_, without] = [stacksOf(on), stacksOf(off)];
  const found = with_.flatMap((stack: StackJson, index) =>
    Object.keys(stack.resource ?? {})
      .filter((type) => type.startsWith("google_"))
      .flatMap((type) =>
        Object.entries(resources(stack, type)).flatMap(([id, attributes]) => {
          const other = resources(without[index]!, type)[id];
          return other ? missing(attributes, other, type) : [];
        }),
      ),
  );
  return [...new Set(found)].sort();
}

/** What may be left out, and why that switches it off, as read in the source of google 7.45.0. */
const leftOut: Readonly<Record<string, string>> = {
  "google_artifact_registry_repository.docker_config": "not computed; the missing block is sent as such",
  "google_artifact_registry_repository.kms_key_name": "replaces the repository",
  "google_compute_subnetwork.log_config": "sent as enable: false when it is missing",
  "google_container_cluster.authenticator_groups_config":
    "NOT switched off: an empty group crashes the provider at a cluster's creation; the schema says what to do",
  "google_container_cluster.cluster_autoscaling.auto_provisioning_defaults.boot_disk_kms_key":
    "replaces the cluster",
  "google_container_cluster.database_encryption.key_name": "state says DECRYPTED",
  "google_gke_backup_backup_plan.backup_config.encryption_key":
    "not computed; the whole backup_config is sent",
  "google_secret_manager_secret.replication.user_managed.replicas.customer_managed_encryption":
    "replaces the secret",
  "google_sql_database_instance.encryption_key_name": "Google can't take a key off a database",
  "google_storage_bucket.encryption": "not computed; sent as null when it is missing",
  "google_storage_bucket.logging": "not computed; sent as null when it is missing",
};

test("what an environment switches off is written as off, or left out where that switches it off", () => {
  expect(lost()).toEqual(Object.keys(leftOut).sort());
});
