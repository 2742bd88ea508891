import type { PostgresBackups, PostgresInstanceProps } from "../../../constructs/google/postgres-instance";
import { postgresInstanceRules } from "../../../constructs/google/postgres-instance-rules";

const enterprise: PostgresInstanceProps = {
  project: "acme-dev",
  region: "europe-west4",
  name: "flyte-dev",
  network: "projects/acme-dev/global/networks/flyte-dev",
  version: "POSTGRES_17",
  edition: "ENTERPRISE",
  tier: "db-custom-2-7680",
  databaseName: "flyte",
  userName: "flyte",
  passwordSecretId: "flyte-dev-database",
};
const plus: Partial<PostgresInstanceProps> = { edition: "ENTERPRISE_PLUS", tier: "db-perf-optimized-N-2" };

const problems = (props: Partial<PostgresInstanceProps>) =>
  postgresInstanceRules
    .map((rule) => rule({ ...enterprise, ...props }))
    .filter((problem) => problem !== undefined);

const backups = (props: Partial<PostgresBackups>): { backups: PostgresBackups } => ({
  backups: {
    enabled: true,
    retained: 7,
    pointInTimeRecovery: true,
    logRetentionDays: 7,
    startTime: "02:00",
    ...props,
  },
});

describe("the props of a Postgres instance", () => {
  test.each<Partial<PostgresInstanceProps>>([
    { name: "a" },
    { name: "a".repeat(89) },
    { network: "https://www.googleapis.com/compute/v1/projects/p/global/networks/n" },
    { network: "${TfToken[TOKEN.0]}" },
    { tier: "db-f1-micro" },
    { tier: "db-g1-small" },
    { tier: "db-custom-1-3840" },
    { tier: "db-custom-1-6656" },
    { tier: "db-custom-96-88576" },
    { tier: "db-custom-96-638976" },
    plus,
    { diskSizeGib: 10 },
    { diskSizeGib: 65_536 },
    { highAvailability: true },
    backups({ enabled: false, pointInTimeRecovery: false }),
    backups({ logRetentionDays: 1, retained: 1 }),
    backups({ logRetentionDays: 7, retained: 365 }),
    { ...plus, ...backups({ logRetentionDays: 35, retained: 35 }) },
    backups({ startTime: "00:00" }),
    backups({ startTime: "23:59" }),
    { maintenanceWindow: { day: 1, hour: 0, track: "canary" } },
    { maintenanceWindow: { day: 7, hour: 23, track: "week5" } },
    { maxConnections: 14 },
    { maxConnections: 262_143 },
    { databaseName: "_a1" },
    { userName: "a".repeat(63) },
  ])("pass at the boundary: %j", (props) => {
    expect(problems(props)).toEqual([]);
  });

  const nameMust =
    "name must be lowercase letters, digits and hyphens, start with a letter, not end with a hyphen and have at most " +
    '89 characters in project "acme-dev", got ';
  const customMust =
    'tier must be "db-f1-micro", "db-g1-small" or "db-custom-<vCPUs>-<MiB>" for edition "ENTERPRISE", with 1 or an even ' +
    "number of vCPUs up to 96, and memory in steps of 256 MiB, at least 3840, 922 to 6656 MiB for each vCPU, got ";
  const identifierMust =
    'must be 1 to 63 lowercase letters, digits and underscores, not start with a digit and not be "postgres", got ';
  const noPitr =
    "highAvailability must be false without backups and point-in-time recovery, got true; " +
    "set backups.enabled and backups.pointInTimeRecovery";

  test.each<[Partial<PostgresInstanceProps>, string]>([
    [{ name: "a".repeat(90) }, `${nameMust}"${"a".repeat(90)}"`],
    [{ name: "Flyte" }, `${nameMust}"Flyte"`],
    [{ name: "flyte-" }, `${nameMust}"flyte-"`],
    [
      { network: "flyte-dev" },
      'network must be "projects/<project>/global/networks/<name>", got "flyte-dev"',
    ],
    [{ tier: "db-custom-3-11520" }, `${customMust}"db-custom-3-11520"`],
    [{ tier: "db-custom-98-100096" }, `${customMust}"db-custom-98-100096"`],
    [{ tier: "db-custom-1-3584" }, `${customMust}"db-custom-1-3584"`],
    [{ tier: "db-custom-1-6912" }, `${customMust}"db-custom-1-6912"`],
    [{ tier: "db-custom-96-88320" }, `${customMust}"db-custom-96-88320"`],
    [{ tier: "db-custom-2-7700" }, `${customMust}"db-custom-2-7700"`],
    [{ tier: "db-perf-optimized-N-2" }, `${customMust}"db-perf-optimized-N-2"`],
    [
      { ...plus, tier: "db-custom-2-7680" },
      'tier must be "db-perf-optimized-N-<vCPUs>" for edition "ENTERPRISE_PLUS", got "db-custom-2-7680"',
    ],
    [{ diskSizeGib: 9 }, "diskSizeGib must be a whole number from 10 to 65536, got 9"],
    [{ diskSizeGib: 65_537 }, "diskSizeGib must be a whole number from 10 to 65536, got 65537"],
    [{ diskSizeGib: 20.5 }, "diskSizeGib must be a whole number from 10 to 65536, got 20.5"],
    [{ highAvailability: true, ...backups({ pointInTimeRecovery: false }) }, noPitr],
    [{ highAvailability: true, ...backups({ enabled: false, pointInTimeRecovery: false }) }, noPitr],
    [
      backups({ enabled: false }),
      "backups.pointInTimeRecovery must be false without backups, got true; set backups.enabled",
    ],
    [
      backups({ logRetentionDays: 0 }),
      'backups.logRetentionDays must be a whole number from 1 to 7 for edition "ENTERPRISE", got 0',
    ],
    [
      backups({ logRetentionDays: 8, retained: 8 }),
      'backups.logRetentionDays must be a whole number from 1 to 7 for edition "ENTERPRISE", got 8',
    ],
    [
      { ...plus, ...backups({ logRetentionDays: 36, retained: 36 }) },
      'backups.logRetentionDays must be a whole number from 1 to 35 for edition "ENTERPRISE_PLUS", got 36',
    ],
    [
      backups({ logRetentionDays: 7, retained: 6 }),
      "backups.retained must be a whole number from backups.logRetentionDays (7) to 365, got 6",
    ],
    [
      backups({ retained: 366 }),
      "backups.retained must be a whole number from backups.logRetentionDays (7) to 365, got 366",
    ],
    [backups({ startTime: "24:00" }), 'backups.startTime must be a time of day, HH:MM in UTC, got "24:00"'],
    [backups({ startTime: "2:00" }), 'backups.startTime must be a time of day, HH:MM in UTC, got "2:00"'],
    [
      { maintenanceWindow: { day: 0, hour: 3, track: "stable" } },
      "maintenanceWindow must be a day from 1 (Monday) to 7 and an hour from 0 to 23, got day 0, hour 3",
    ],
    [
      { maintenanceWindow: { day: 8, hour: 24, track: "stable" } },
      "maintenanceWindow must be a day from 1 (Monday) to 7 and an hour from 0 to 23, got day 8, hour 24",
    ],
    [{ maxConnections: 13 }, "maxConnections must be a whole number from 14 to 262143, got 13"],
    [{ maxConnections: 262_144 }, "maxConnections must be a whole number from 14 to 262143, got 262144"],
    [{ databaseName: "postgres" }, `databaseName ${identifierMust}"postgres"`],
    [{ databaseName: "1a" }, `databaseName ${identifierMust}"1a"`],
    [{ userName: "a".repeat(64) }, `userName ${identifierMust}"${"a".repeat(64)}"`],
    [{ userName: "flyte-admin" }, `userName ${identifierMust}"flyte-admin"`],
  ])("fails beyond it: %j", (props, problem) => {
    expect(problems(props)).toEqual([problem]);
  });

  test("includes the rules of its password", () => {
    expect(problems({ passwordSecretId: "a/b", passwordVersion: 0 })).toHaveLength(2);
  });
});
