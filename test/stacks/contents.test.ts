import { environments } from "../../src/environments";
import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { dev } from "../support/environments/dev";
import { prod } from "../support/environments/prod";
import { synthesise } from "../support/synth";

const stacksOf = (configs: readonly EnvironmentConfig[]) =>
  synthesise((outdir) => buildApp(defineEnvironments(configs).environments, { outdir }));
const stacks = stacksOf(environments);
// A fork may have neither.
const examples = stacksOf([dev, prod]);

/** What each stack must hold, whatever the environment. */
const always: Record<string, string[]> = {
  foundation: [
    "google_compute_firewall",
    "google_compute_global_address",
    "google_compute_network",
    "google_compute_router",
    "google_compute_router_nat",
    "google_compute_subnetwork",
    "google_project_service",
    "google_service_networking_connection",
  ],
  data: [
    "google_artifact_registry_repository",
    "google_secret_manager_secret",
    "google_secret_manager_secret_version",
    "google_sql_database",
    "google_sql_database_instance",
    "google_sql_user",
    "google_storage_bucket",
  ],
  cluster: ["google_container_cluster", "google_project_iam_member", "google_service_account"],
  platform: [
    "google_artifact_registry_repository_iam_member",
    "google_secret_manager_secret_iam_member",
    "google_service_account",
    "google_service_account_iam_member",
    "google_storage_bucket_iam_member",
    "helm_release",
    "kubernetes_namespace_v1",
  ],
};

/** What production adds. */
const inProduction: Record<string, string[]> = {
  foundation: ["google_kms_crypto_key", "google_kms_crypto_key_iam_member", "google_kms_key_ring"],
  data: ["google_artifact_registry_repository_iam_member"],
  cluster: ["google_gke_backup_backup_plan"],
  platform: ["google_monitoring_alert_policy", "google_monitoring_dashboard"],
};

test("each environment makes four stacks", () => {
  expect(Object.keys(stacks)).toHaveLength(4 * environments.length);
});

describe.each(environments.map(({ name }) => name))("environment %s", (environment) => {
  test.each(Object.keys(always))("%s holds every part", (role) => {
    const types = Object.keys(stacks[`${environment}-${role}`]?.resource ?? {});
    expect(types).toEqual(expect.arrayContaining(always[role]!));
  });
});

test.each(Object.keys(inProduction))("%s of production holds more", (role) => {
  const types = Object.keys(examples[`prod-${role}`]?.resource ?? {});
  expect(types).toEqual(expect.arrayContaining([...always[role]!, ...inProduction[role]!]));
});

test("an environment without GPU flavors has no GPU object", () => {
  const cpuOnly = environments.map((config) => ({
    ...config,
    queues: {
      teams: Object.fromEntries(
        Object.entries(config.queues.teams).map(([name, team]) => [name, { ...team, gpus: {} }]),
      ),
    },
  }));
  const platforms = Object.entries(
    synthesise((outdir) => buildApp(defineEnvironments(cpuOnly).environments, { outdir })),
  ).filter(([name]) => name.endsWith("-platform"));
  for (const [, stack] of platforms) {
    expect(Object.keys(stack.resource!)).not.toContain("google_monitoring_dashboard");
    const releases = Object.values(stack.resource!["helm_release"]!);
    const objects = releases.filter(({ name }) => name === "queues" || /^tenant-/.test(name));
    expect(objects.length).toBeGreaterThan(1);
    for (const { values } of objects) {
      expect(values.join()).not.toMatch(
        /nvidia|gke-accelerator|AdmissionCheck|ProvisioningRequestConfig|gpu/,
      );
    }
  }
});

test("the platform's releases are Kueue, its queues, each project-domain, their policies, the password and Flyte", () => {
  const platform = examples["dev-platform"]!;
  const releases = Object.values(platform.resource!["helm_release"]!).map(({ name }) => name);
  const expected = Object.values(dev.queues.teams).flatMap(({ projects }) =>
    projects.flatMap((project) =>
      ["development", "staging", "production"].map((domain) => `tenant-${project}-${domain}`),
    ),
  );
  expect(releases.sort()).toEqual(
    [
      ...expected,
      "admission-policies",
      "flyte",
      "flyte-database-password",
      "flyte-rights",
      "kueue",
      "queue-monitoring",
      "queues",
      "walls",
    ].sort(),
  );
});
