import { Token } from "cdktf";
import type { Rule } from "../rules";
import type { PostgresInstanceProps } from "./postgres-instance";
import { defaultBackups, defaultMaintenanceWindow } from "./postgres-instance-config";
import { postgresPasswordRules } from "./postgres-password";

type PostgresRule = Rule<PostgresInstanceProps>;

const isWhole = (value: number, from: number, to: number) =>
  Number.isInteger(value) && value >= from && value <= to;

const name: PostgresRule = ({ project, name }) =>
  /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) && `${project}:${name}`.length <= 98
    ? undefined
    : `name must be lowercase letters, digits and hyphens, start with a letter, not end with a hyphen and have at most ` +
      `${97 - project.length} characters in project ${JSON.stringify(project)}, got ${JSON.stringify(name)}`;

const network: PostgresRule = ({ network }) =>
  Token.isUnresolved(network) || /(^|\/)projects\/[^/]+\/global\/networks\/[^/]+$/.test(network)
    ? undefined
    : `network must be "projects/<project>/global/networks/<name>", got ${JSON.stringify(network)}`;

const tier: PostgresRule = ({ edition, tier }) => {
  if (edition === "ENTERPRISE_PLUS") {
    return /^db-perf-optimized-N-\d+$/.test(tier)
      ? undefined
      : `tier must be "db-perf-optimized-N-<vCPUs>" for edition "ENTERPRISE_PLUS", got ${JSON.stringify(tier)}`;
  }
  if (tier === "db-f1-micro" || tier === "db-g1-small") return undefined;
  const [, vcpus, mebibytes] = /^db-custom-(\d+)-(\d+)$/.exec(tier) ?? [];
  return isCustomMachine(Number(vcpus), Number(mebibytes))
    ? undefined
    : `tier must be "db-f1-micro", "db-g1-small" or "db-custom-<vCPUs>-<MiB>" for edition "ENTERPRISE", with 1 or an ` +
        `even number of vCPUs up to 96, and memory in steps of 256 MiB, at least 3840, 922 to 6656 MiB for each vCPU, ` +
        `got ${JSON.stringify(tier)}`;
};

/** @see cloud.google.com/sql/docs/postgres/instance-settings (2026-11): 0.9 to 6.5 GB for each vCPU */
function isCustomMachine(vcpus: number, mebibytes: number): boolean {
  const cores = vcpus === 1 || (isWhole(vcpus, 2, 96) && vcpus % 2 === 0);
  return (
    cores && mebibytes % 256 === 0 && isWhole(mebibytes, Math.max(3840, 0.9 * 1024 * vcpus), 6656 * vcpus)
  );
}

const disk: PostgresRule = ({ diskSizeGib = 20 }) =>
  isWhole(diskSizeGib, 10, 65_536)
    ? undefined
    : `diskSizeGib must be a whole number from 10 to 65536, got ${diskSizeGib}`;

const highAvailability: PostgresRule = ({ highAvailability = false, backups = defaultBackups }) =>
  !highAvailability || (backups.enabled && backups.pointInTimeRecovery)
    ? undefined
    : "highAvailability must be false without backups and point-in-time recovery, got true; " +
      "set backups.enabled and backups.pointInTimeRecovery";

const pointInTimeRecovery: PostgresRule = ({ backups = defaultBackups }) =>
  !backups.pointInTimeRecovery || backups.enabled
    ? undefined
    : "backups.pointInTimeRecovery must be false without backups, got true; set backups.enabled";

const logRetention: PostgresRule = ({ edition, backups = defaultBackups }) => {
  const most = edition === "ENTERPRISE_PLUS" ? 35 : 7;
  return isWhole(backups.logRetentionDays, 1, most)
    ? undefined
    : `backups.logRetentionDays must be a whole number from 1 to ${most} for edition ${JSON.stringify(edition)}, ` +
        `got ${backups.logRetentionDays}`;
};

// The API: "backup retention should be > transaction log retention"; equal is what its own defaults are.
const retained: PostgresRule = ({ backups = defaultBackups }) =>
  isWhole(backups.retained, Math.max(1, backups.logRetentionDays), 365)
    ? undefined
    : `backups.retained must be a whole number from backups.logRetentionDays (${backups.logRetentionDays}) to 365, ` +
      `got ${backups.retained}`;

const startTime: PostgresRule = ({ backups = defaultBackups }) =>
  /^([01]\d|2[0-3]):[0-5]\d$/.test(backups.startTime)
    ? undefined
    : `backups.startTime must be a time of day, HH:MM in UTC, got ${JSON.stringify(backups.startTime)}`;

const maintenanceWindow: PostgresRule = ({ maintenanceWindow: { day, hour } = defaultMaintenanceWindow }) =>
  isWhole(day, 1, 7) && isWhole(hour, 0, 23)
    ? undefined
    : `maintenanceWindow must be a day from 1 (Monday) to 7 and an hour from 0 to 23, got day ${day}, hour ${hour}`;

const maxConnections: PostgresRule = ({ maxConnections }) =>
  maxConnections === undefined || isWhole(maxConnections, 14, 262_143)
    ? undefined
    : `maxConnections must be a whole number from 14 to 262143, got ${maxConnections}`;

/** `postgres` exists already: taking it over would change what Google's own tools rely on. */
const identifier = (prop: "databaseName" | "userName"): PostgresRule => {
  return ({ [prop]: value }) =>
    /^[a-z_][a-z0-9_]{0,62}$/.test(value) && value !== "postgres"
      ? undefined
      : `${prop} must be 1 to 63 lowercase letters, digits and underscores, not start with a digit and not be ` +
        `"postgres", got ${JSON.stringify(value)}`;
};

export const postgresInstanceRules: readonly PostgresRule[] = [
  name,
  network,
  tier,
  disk,
  highAvailability,
  pointInTimeRecovery,
  logRetention,
  retained,
  startTime,
  maintenanceWindow,
  maxConnections,
  identifier("databaseName"),
  identifier("userName"),
  ...postgresPasswordRules,
];
