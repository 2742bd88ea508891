import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { PostgresInstance, type PostgresInstanceProps } from "../../../constructs/google/postgres-instance";
import { addresses, onlyResource, synthStack } from "../../support/synth";

/** A stack with the provider that its resources need. */
const synthGoogle = (build: (scope: TerraformStack) => void) =>
  synthStack((scope) => {
    new GoogleProvider(scope, "google");
    build(scope);
  });

const minimal: PostgresInstanceProps = {
  project: "acme-dev",
  region: "europe-west4",
  name: "flyte-dev",
  network: "projects/acme-dev/global/networks/flyte-dev",
  version: "POSTGRES_17",
  edition: "ENTERPRISE",
  tier: "db-custom-2-7680",
  databaseName: "flyte",
  userName: "flyte_admin",
  passwordSecretId: "flyte-dev-database",
};

const synth = (props: Partial<PostgresInstanceProps> = {}) =>
  synthGoogle((scope) => void new PostgresInstance(scope, "postgres", { ...minimal, ...props }));

const instance = (props?: Partial<PostgresInstanceProps>) =>
  onlyResource(synth(props), "google_sql_database_instance");

const flagsOf = (props?: Partial<PostgresInstanceProps>): Record<string, string> =>
  Object.fromEntries(
    instance(props).settings.database_flags.map(({ name, value }: Record<string, string>) => [name, value]),
  );

describe("a Postgres instance", () => {
  test("is private, encrypted, backed up and protected without being told so", () => {
    const { database_flags, ...settings } = instance().settings;
    expect(database_flags).toHaveLength(12);
    expect(settings).toEqual({
      tier: "db-custom-2-7680",
      edition: "ENTERPRISE",
      availability_type: "ZONAL",
      disk_type: "PD_SSD",
      disk_size: 20,
      disk_autoresize: true,
      disk_autoresize_limit: 0,
      ip_configuration: {
        ipv4_enabled: false,
        private_network: "projects/acme-dev/global/networks/flyte-dev",
        ssl_mode: "ENCRYPTED_ONLY",
        enable_private_path_for_google_cloud_services: false,
      },
      backup_configuration: {
        enabled: true,
        start_time: "02:00",
        point_in_time_recovery_enabled: true,
        transaction_log_retention_days: 7,
        backup_retention_settings: { retained_backups: 14, retention_unit: "COUNT" },
      },
      maintenance_window: { day: 7, hour: 3, update_track: "stable" },
      insights_config: {
        query_insights_enabled: true,
        query_plans_per_minute: 5,
        query_string_length: 1024,
        record_application_tags: true,
        record_client_address: true,
      },
      deletion_protection_enabled: true,
      retain_backups_on_delete: true,
      final_backup_config: { enabled: true, retention_days: 30 },
    });
    expect(instance()).toMatchObject({
      project: "acme-dev",
      region: "europe-west4",
      name: "flyte-dev",
      database_version: "POSTGRES_17",
      deletion_protection: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("logs who connects and what changes, never the text of ordinary statements", () => {
    expect(flagsOf()).toEqual({
      "cloudsql.enable_pgaudit": "on",
      log_checkpoints: "on",
      log_connections: "on",
      log_disconnections: "on",
      log_duration: "on",
      log_hostname: "on",
      log_lock_waits: "on",
      log_min_duration_statement: "-1",
      log_min_error_statement: "error",
      log_min_messages: "warning",
      log_statement: "ddl",
      log_temp_files: "0",
    });
  });

  test("limits connections only when told", () => {
    expect(flagsOf({ maxConnections: 400 })).toEqual({ ...flagsOf(), max_connections: "400" });
  });

  test("takes every setting", () => {
    expect(
      instance({
        version: "POSTGRES_18",
        edition: "ENTERPRISE_PLUS",
        tier: "db-perf-optimized-N-4",
        diskSizeGib: 100,
        highAvailability: true,
        backups: {
          enabled: true,
          retained: 35,
          pointInTimeRecovery: true,
          logRetentionDays: 35,
          startTime: "23:59",
        },
        maintenanceWindow: { day: 1, hour: 0, track: "week5" },
        kmsKeyName: "k",
        labels: { environment: "dev" },
      }),
    ).toMatchObject({
      database_version: "POSTGRES_18",
      encryption_key_name: "k",
      settings: {
        edition: "ENTERPRISE_PLUS",
        tier: "db-perf-optimized-N-4",
        disk_size: 100,
        availability_type: "REGIONAL",
        backup_configuration: {
          start_time: "23:59",
          transaction_log_retention_days: 35,
          backup_retention_settings: { retained_backups: 35 },
        },
        maintenance_window: { day: 1, hour: 0, update_track: "week5" },
        user_labels: { environment: "dev" },
      },
    });
  });

  test("leaves nothing behind when nothing protects it", () => {
    const stack = synth({ deletionProtection: false });
    const { settings, ...rest } = onlyResource(stack, "google_sql_database_instance");
    expect(rest).toMatchObject({ deletion_protection: false, lifecycle: { prevent_destroy: false } });
    expect(settings).toMatchObject({ deletion_protection_enabled: false, retain_backups_on_delete: false });
    expect(settings).not.toHaveProperty("final_backup_config");
    expect(onlyResource(stack, "google_sql_database").lifecycle).toEqual({ prevent_destroy: false });
    expect(onlyResource(stack, "google_secret_manager_secret").deletion_protection).toBe(false);
  });

  test("has one database and one user that go with it", () => {
    const stack = synth();
    expect(onlyResource(stack, "google_sql_database")).toEqual({
      project: "acme-dev",
      instance: "${google_sql_database_instance.postgres.name}",
      name: "flyte",
      deletion_policy: "ABANDON",
      lifecycle: { prevent_destroy: true },
    });
    expect(onlyResource(stack, "google_sql_user")).toMatchObject({
      project: "acme-dev",
      instance: "${google_sql_database_instance.postgres.name}",
      name: "flyte_admin",
      deletion_policy: "ABANDON",
    });
  });

  test("gives its user the stored password, and keeps it nowhere", () => {
    const stack = synth({ passwordVersion: 3 });
    expect(onlyResource(stack, "google_secret_manager_secret_version").secret_data_wo_version).toBe(3);
    expect(onlyResource(stack, "google_sql_user")).toMatchObject({
      password_wo: expect.stringMatching(
        /^\$\{ephemeral\.google_secret_manager_secret_version\.postgres_password_stored_\w{8}\.secret_data\}$/,
      ),
      password_wo_version: expect.stringMatching(
        /^\$\{google_secret_manager_secret_version\.postgres_password_version_\w{8}\.version\}$/,
      ),
    });
    expect(JSON.stringify(stack)).not.toMatch(/"(secret_data|password|root_password)":"/);
  });

  test("keeps its short address under the construct", () => {
    expect(addresses(synth()).map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "google_secret_manager_secret.postgres_password",
      "google_secret_manager_secret_version.postgres_password_version",
      "google_sql_database.postgres_database",
      "google_sql_database_instance.postgres",
      "google_sql_user.postgres_user",
    ]);
  });

  test("waits, and lets others wait for instance, database, user and password", () => {
    const stack = synthGoogle((scope) => {
      const first = new PostgresInstance(scope, "first", minimal);
      new PostgresInstance(scope, "second", { ...minimal, dependsOn: first.ready });
    });
    const second = stack.resource?.["google_sql_database_instance"]?.["second"];
    expect(second?.depends_on.map((address: string) => address.split(".")[0])).toEqual([
      "google_sql_database_instance",
      "google_sql_database",
      "google_sql_user",
      "google_secret_manager_secret",
      "google_secret_manager_secret_version",
    ]);
  });

  test("says its name and, once it exists, its private address", () => {
    const stack = synthGoogle((scope) => {
      const { instanceName, privateIpAddress } = new PostgresInstance(scope, "postgres", minimal);
      new TerraformOutput(scope, "out", { value: [instanceName, privateIpAddress] });
    });
    expect(stack.output?.["out"]?.value).toEqual([
      "${google_sql_database_instance.postgres.name}",
      "${google_sql_database_instance.postgres.private_ip_address}",
    ]);
  });

  test("fails with all problems at once, under its own path", () => {
    expect(() => synth({ diskSizeGib: 9, passwordVersion: 0 })).toThrow(
      new Error(
        "test/postgres has 2 problems:\n" +
          "- diskSizeGib must be a whole number from 10 to 65536, got 9\n" +
          "- passwordVersion must be a whole number of at least 1, got 0",
      ),
    );
  });
});
