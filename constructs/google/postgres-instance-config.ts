import type { SqlDatabaseInstanceConfig } from "@cdktf/provider-google/lib/sql-database-instance";
import type { PostgresBackups, PostgresInstanceProps, PostgresMaintenanceWindow } from "./postgres-instance";

export const defaultBackups: PostgresBackups = {
  enabled: true,
  retained: 14,
  pointInTimeRecovery: true,
  logRetentionDays: 7,
  startTime: "02:00",
};

export const defaultMaintenanceWindow: PostgresMaintenanceWindow = { day: 7, hour: 3, track: "stable" };

/**
 * What is logged: who connects from where, changes of the schema, every duration, locks, errors, spilled
 * files; never the text of ordinary statements, which may hold data. The values are those that the CIS
 * benchmark asks for, all written out so that a change in the console shows up in a plan.
 *
 * `cloudsql.enable_pgaudit` only loads pgAudit; to audit, create the extension and set `pgaudit.log`.
 *
 * @see cloud.google.com/sql/docs/postgres/flags (2026-11)
 */
const loggingFlags: Readonly<Record<string, string>> = {
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
};

/** Everything about the instance that follows from the props alone. */
export function instanceConfig(props: PostgresInstanceProps): SqlDatabaseInstanceConfig {
  const deletionProtection = props.deletionProtection ?? true;
  return {
    project: props.project,
    region: props.region,
    name: props.name,
    databaseVersion: props.version,
    encryptionKeyName: props.kmsKeyName,
    settings: {
      tier: props.tier,
      edition: props.edition,
      availabilityType: props.highAvailability ? "REGIONAL" : "ZONAL",
      userLabels: props.labels,
      diskType: "PD_SSD",
      diskSize: props.diskSizeGib ?? 20,
      // Also what protects the disk: while it is on, the provider drops a difference that would shrink it
      // (and a shrink would be a replacement). `ignore_changes` would stop it from growing by config as well.
      diskAutoresize: true,
      diskAutoresizeLimit: 0,
      ipConfiguration: {
        ipv4Enabled: false,
        privateNetwork: props.network,
        sslMode: "ENCRYPTED_ONLY",
        enablePrivatePathForGoogleCloudServices: false,
      },
      backupConfiguration: backupConfiguration(props.backups ?? defaultBackups),
      maintenanceWindow: maintenanceWindow(props.maintenanceWindow ?? defaultMaintenanceWindow),
      insightsConfig: {
        queryInsightsEnabled: true,
        queryPlansPerMinute: 5,
        queryStringLength: 1024,
        recordApplicationTags: true,
        recordClientAddress: true,
      },
      databaseFlags: databaseFlags(props.maxConnections),
      deletionProtectionEnabled: deletionProtection,
      retainBackupsOnDelete: deletionProtection,
    },
    deletionProtection,
    lifecycle: { preventDestroy: deletionProtection },
    dependsOn: props.dependsOn,
  };
}

function backupConfiguration(backups: PostgresBackups) {
  return {
    enabled: backups.enabled,
    startTime: backups.startTime,
    pointInTimeRecoveryEnabled: backups.pointInTimeRecovery,
    transactionLogRetentionDays: backups.logRetentionDays,
    backupRetentionSettings: { retainedBackups: backups.retained, retentionUnit: "COUNT" },
  };
}

function maintenanceWindow({ day, hour, track }: PostgresMaintenanceWindow) {
  return { day, hour, updateTrack: track };
}

function databaseFlags(maxConnections: number | undefined) {
  const flags =
    maxConnections === undefined
      ? loggingFlags
      : { ...loggingFlags, max_connections: String(maxConnections) };
  return Object.entries(flags).map(([name, value]) => ({ name, value }));
}
