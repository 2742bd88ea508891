import { signInOf } from "../../../constructs/flyte/access";
import { queueRisks } from "./queues";
import { regionRisks } from "./regions";
import { problemIf, type Rule, rule } from "./rule";

// Allowed, but worth a second thought: printed as warnings, never a failure. Most are about environments with
// deletionProtection, because that is how an environment says that losing it would hurt.

export const risks: readonly Rule[] = [
  rule(["name", "deletionProtection"], ({ name, deletionProtection }) =>
    problemIf(
      !deletionProtection && /^(prod|prd|live)/.test(name),
      "deletionProtection",
      `is off in an environment called ${JSON.stringify(name)}; one destroy takes its cluster, database and buckets`,
    ),
  ),
  rule(["deletionProtection", "database"], ({ deletionProtection, database }) =>
    deletionProtection
      ? [
          problemIf(
            !database.highAvailability,
            "database.highAvailability",
            "is off with deletionProtection; when the database's zone fails, Flyte stops until it is back",
          ),
          problemIf(
            database.backups.enabled && !database.backups.pointInTimeRecovery,
            "database.backups.pointInTimeRecovery",
            "is off with deletionProtection; a restore loses up to a day of executions",
          ),
          problemIf(
            /^db-(f1-micro|g1-small)$/.test(database.tier),
            "database.tier",
            `is the shared-core ${JSON.stringify(database.tier)} with deletionProtection; Cloud SQL gives it no SLA`,
          ),
        ]
      : [],
  ),
  rule(["deletionProtection", "storage"], ({ deletionProtection, storage }) =>
    problemIf(
      deletionProtection && !storage.versioning && storage.softDeleteDays === 0,
      "storage.softDeleteDays",
      "is 0 and versioning is off with deletionProtection; a deleted or overwritten object is gone",
    ),
  ),
  rule(["deletionProtection", "encryption"], ({ deletionProtection, encryption }) =>
    problemIf(
      deletionProtection && !encryption.enabled,
      "encryption.enabled",
      "is off with deletionProtection; data is encrypted with Google's keys, and keys of your own mean a new database later",
    ),
  ),
  rule(["deletionProtection", "backup"], ({ deletionProtection, backup }) =>
    problemIf(
      deletionProtection && !backup.enabled,
      "backup.enabled",
      "is off with deletionProtection; the cluster's objects and volumes cannot be restored",
    ),
  ),
  rule(["deletionProtection", "cluster"], ({ deletionProtection, cluster }) =>
    problemIf(
      deletionProtection && cluster.releaseChannel === "RAPID",
      "cluster.releaseChannel",
      'is "RAPID" with deletionProtection; its versions are new and outside the SLA',
    ),
  ),
  rule(["deletionProtection", "network"], ({ deletionProtection, network }) =>
    problemIf(
      deletionProtection && !network.existing && !network.flowLogs,
      "network.flowLogs",
      "is off with deletionProtection; after an incident nobody can say who talked to whom",
    ),
  ),
  rule(["deletionProtection", "kueue"], ({ deletionProtection, kueue }) =>
    problemIf(
      deletionProtection && kueue.replicas === 1,
      "kueue.replicas",
      "is 1 with deletionProtection; while that one restarts, no task can start",
    ),
  ),
  rule(["region", "storage"], ({ region, storage }) =>
    problemIf(
      /^[a-z]/.test(storage.location) && storage.location !== region,
      "storage.location",
      `is ${JSON.stringify(storage.location)} and the cluster in ${JSON.stringify(region)}; every read and write crosses regions, slowly and at a price`,
    ),
  ),
  rule(["flyte", "policies"], ({ flyte, policies }) => [
    problemIf(
      flyte.access.mode === "public" && !policies.network.enabled,
      "policies.network.enabled",
      'is off with flyte.access.mode "public"; a task reaches Flyte, the database and every other pod past the sign-in',
    ),
    problemIf(
      flyte.access.mode === "public" && policies.admission.mode !== "enforce",
      "policies.admission.mode",
      `is ${JSON.stringify(policies.admission.mode)} with flyte.access.mode "public"; what a signed-in user starts may run any image, and escalate its privileges`,
    ),
  ]),
  ...regionRisks,
  ...queueRisks,
  rule(["flyte"], ({ flyte }) =>
    problemIf(
      flyte.access.mode === "internal" && signInOf(flyte.access) === undefined,
      "flyte.access.mode",
      'is "internal" without sign-in (flyte.access.oidc); whoever reaches the VPC can run tasks',
    ),
  ),
];
