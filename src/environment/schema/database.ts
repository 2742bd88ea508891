import { defaulted, flag, group, oneOf, optional, text, wholeNumber } from "./kinds";

const backups = group({
  enabled: defaulted(flag(), true, {
    meaning: "A backup every day. Must stay on where `deletionProtection` is on.",
    change: "In place.",
  }),
  retained: defaulted(wholeNumber(1, 365, "backups"), 14, {
    meaning:
      "How many daily backups are kept; at least `logRetentionDays` where point-in-time recovery is on.",
    change: "In place; fewer removes the oldest.",
  }),
  pointInTimeRecovery: optional(flag(), {
    meaning: "Keep the write-ahead log, so that the database can be restored to any second.",
    default: "as `enabled`",
    change: "In place.",
  }),
  logRetentionDays: defaulted(wholeNumber(1, 35, "days"), 7, {
    meaning:
      "How far back point-in-time recovery reaches. At most 7 in edition ENTERPRISE, 35 in ENTERPRISE_PLUS.",
    change: "In place.",
  }),
  startTime: defaulted(
    text('an hour and minute in UTC such as "03:00"', /^([01]\d|2[0-3]):[0-5]\d$/),
    "03:00",
    {
      meaning: "When the daily backup may start, UTC.",
      change: "In place.",
    },
  ),
});

export const database = group({
  version: defaulted(oneOf("POSTGRES_15", "POSTGRES_16", "POSTGRES_17", "POSTGRES_18"), "POSTGRES_17", {
    meaning: "PostgreSQL's major version.",
    change: "In place to a newer one, with some minutes without database; older is refused.",
  }),
  edition: defaulted(oneOf("ENTERPRISE", "ENTERPRISE_PLUS"), "ENTERPRISE", {
    meaning: "Cloud SQL edition. ENTERPRISE_PLUS has less downtime in maintenance and costs more.",
    change: "In place, together with `tier`.",
  }),
  tier: defaulted(
    text(
      'a Cloud SQL machine type: "db-custom-<vCPUs>-<MB>", "db-perf-optimized-N-<vCPUs>", "db-f1-micro" or "db-g1-small"',
      /^db-(custom-\d+-\d+|perf-optimized-N-\d+|f1-micro|g1-small)$/,
    ),
    "db-custom-2-7680",
    {
      meaning:
        "Machine type. ENTERPRISE: db-custom-<vCPUs>-<MB> with 1 or an even number up to 96 vCPUs, 0.9 to 6.5 GB per vCPU in steps of 256 MB, at least 3840; or the shared-core db-f1-micro and db-g1-small. ENTERPRISE_PLUS: db-perf-optimized-N-<vCPUs>.",
      change: "In place, with a restart of some minutes.",
      source: "cloud.google.com/sql/docs/postgres/machine-series-overview",
    },
  ),
  diskSizeGib: defaulted(wholeNumber(10, 65536, "GiB"), 20, {
    meaning: "Disk size at creation. Grows by itself, never shrinks.",
    change: "In place when larger than the disk is by then; otherwise without effect.",
    source: "cloud.google.com/sql/docs/postgres/instance-settings",
  }),
  highAvailability: defaulted(flag(), true, {
    meaning: "A standby in a second zone. About doubles the database's price.",
    change: "In place, with a restart.",
  }),
  maxConnections: optional(wholeNumber(14, 262143, "connections"), {
    meaning: "PostgreSQL's max_connections.",
    default: "Cloud SQL's own, by memory",
    change: "In place, with a restart.",
  }),
  passwordVersion: defaulted(wholeNumber(1, 9999), 1, {
    meaning:
      "Raise it by one to give the database a new password. A rotation that failed half way is repeated with the next number.",
    change: "In place; Flyte restarts with the new password. Lowering it does nothing.",
  }),
  backups: defaulted(
    backups,
    {},
    {
      meaning: "Backups of the database.",
      change: "In place.",
    },
  ),
});
