import { SqlDatabase } from "@cdktf/provider-google/lib/sql-database";
import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance";
import { SqlUser } from "@cdktf/provider-google/lib/sql-user";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check } from "../rules";
import { instanceConfig } from "./postgres-instance-config";
import { postgresInstanceRules } from "./postgres-instance-rules";
import { PostgresPassword, type PostgresPasswordProps } from "./postgres-password";

export interface PostgresInstanceProps extends PostgresPasswordProps {
  /**
   * Name of the instance. Free again as soon as the instance is deleted.
   *
   * Shape: lowercase letters, digits and hyphens, a letter first; with project and colon at most 98 characters.
   * Change: replaces the instance.
   */
  readonly name: string;

  /**
   * Network from which the instance is reached, with private services access set up:
   * `projects/<project>/global/networks/<name>`. It has no public address.
   */
  readonly network: string;

  /** Major version. Change: in place upwards, with downtime; downwards replaces the instance. */
  readonly version: "POSTGRES_15" | "POSTGRES_16" | "POSTGRES_17" | "POSTGRES_18";

  /** What Google's service level and the choice of tiers depend on. Never left to Google: its default differs by version. */
  readonly edition: "ENTERPRISE" | "ENTERPRISE_PLUS";

  /**
   * Machine type.
   *
   * Shape: ENTERPRISE: `db-custom-<vCPUs>-<MiB>`, `db-f1-micro` or `db-g1-small`; ENTERPRISE_PLUS: `db-perf-optimized-N-<vCPUs>`.
   * Change: in place, with a restart.
   * @see cloud.google.com/sql/docs/postgres/instance-settings (2026-11)
   */
  readonly tier: string;

  /**
   * Disk size at creation. Grows by itself, never shrinks.
   *
   * Shape: whole number, 10 to 65536, GiB.
   * Change: in place when larger than the disk is by then; otherwise without effect.
   * @default 20
   */
  readonly diskSizeGib?: number;

  /**
   * A standby in another zone that takes over. Needs backups with point-in-time recovery.
   * @default false
   */
  readonly highAvailability?: boolean;

  /**
   * Most connections at a time. Flyte opens up to 100 for each of its services.
   *
   * Shape: whole number, 14 to 262143.
   * Change: in place, with a restart.
   * @default what Google derives from the tier's memory
   */
  readonly maxConnections?: number;

  /** @default 14 daily backups at 02:00 UTC, recovery to any point of the last 7 days */
  readonly backups?: PostgresBackups;

  /** When Google may restart the instance for updates, UTC. @default Sunday 03:00, two weeks after notice */
  readonly maintenanceWindow?: PostgresMaintenanceWindow;

  /**
   * Cloud KMS key of the disk and its backups. Cloud SQL's service agent must be able to use it first (`dependsOn`).
   *
   * Change: replaces the instance.
   * @default Google's own key
   */
  readonly kmsKeyName?: string;

  /** Name of the one database. Change: makes a new, empty one; refused under `deletionProtection`. */
  readonly databaseName: string;

  /** Name of the one user, who owns what it creates. Change: makes a new user, who owns nothing yet. */
  readonly userName: string;

  /**
   * Refuse to destroy instance, database and secret, in Terraform and in Google's own interface. If somebody lifts the
   * lock there and deletes the instance, its backups and a final one stay. Once this is off they go with the instance:
   * take a backup of your own before that (`gcloud sql export`).
   * @default true
   */
  readonly deletionProtection?: boolean;
}

export interface PostgresBackups {
  readonly enabled: boolean;
  /** How many automatic backups stay: 1 to 365, and at least `logRetentionDays`. */
  readonly retained: number;
  readonly pointInTimeRecovery: boolean;
  /** How far back a point in time may lie: 1 to 7 days, to 35 with ENTERPRISE_PLUS. */
  readonly logRetentionDays: number;
  /** When the daily backup starts, UTC, `HH:MM`. */
  readonly startTime: string;
}

export interface PostgresMaintenanceWindow {
  /** 1 is Monday, 7 Sunday. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  /** One, two or five weeks after Google's notice. */
  readonly track: "canary" | "stable" | "week5";
}

/** Cloud SQL for PostgreSQL with one database and one user, reached over a private address and TLS only. */
export class PostgresInstance extends Construct {
  readonly instanceName: string;
  /** Token: known once the instance exists. */
  readonly privateIpAddress: string;
  /** Everything a consumer must wait for: instance, database, user, password. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PostgresInstanceProps) {
    super(scope, id);
    check(this, props, postgresInstanceRules);
    const instance = this.createInstance(props);
    const database = this.createDatabase(instance, props);
    const password = new PostgresPassword(this, "password", props);
    const user = this.createUser(instance, password, props);

    this.instanceName = instance.name;
    this.privateIpAddress = instance.privateIpAddress;
    this.ready = [instance, database, user, ...password.ready];
  }

  private createInstance(props: PostgresInstanceProps): SqlDatabaseInstance {
    const instance = new SqlDatabaseInstance(this, "Default", instanceConfig(props));
    if (props.deletionProtection ?? true) {
      // registry.terraform.io/providers/hashicorp/google/7.45.0/docs/resources/sql_database_instance#final_backup_config
      instance.addOverride("settings.final_backup_config", { enabled: true, retention_days: 30 });
    }
    return instance;
  }

  private createDatabase(instance: SqlDatabaseInstance, props: PostgresInstanceProps): SqlDatabase {
    return new SqlDatabase(this, "database", {
      project: props.project,
      instance: instance.name,
      name: props.databaseName,
      // Goes with the instance. Dropping it first fails for as long as anybody is connected.
      deletionPolicy: "ABANDON",
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
    });
  }

  private createUser(
    instance: SqlDatabaseInstance,
    password: PostgresPassword,
    props: PostgresInstanceProps,
  ): SqlUser {
    return new SqlUser(this, "user", {
      project: props.project,
      instance: instance.name,
      name: props.userName,
      passwordWo: password.value,
      passwordWoVersion: password.version,
      // Goes with the instance. Postgres refuses to drop a role that owns tables.
      deletionPolicy: "ABANDON",
    });
  }
}
