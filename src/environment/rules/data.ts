import { knownImages } from "../../../constructs/known-images";
import { nearest, pathOf, type Problem } from "../problems";
import type { Environment } from "../schema";
import { problemIf, type Rule, rule } from "./rule";

const path = "database.tier";

/** vCPUs of ENTERPRISE_PLUS's machine types. */
const performanceCpus = [2, 4, 8, 16, 32, 48, 64, 80, 96, 128];

function tierProblem({ database: { tier, edition } }: Pick<Environment, "database">): Problem | undefined {
  const got = `got ${JSON.stringify(tier)}`;
  const performance = /^db-perf-optimized-N-(\d+)$/.exec(tier);
  if (edition === "ENTERPRISE_PLUS") {
    if (!performance)
      return {
        path,
        message: `must be db-perf-optimized-N-<vCPUs> with edition ENTERPRISE_PLUS, ${got}; choose such a tier, or edition "ENTERPRISE"`,
      };
    return problemIf(
      !performanceCpus.includes(Number(performance[1])),
      path,
      `must have one of ${performanceCpus.join(", ")} vCPUs, ${got}`,
    );
  }
  if (performance)
    return {
      path,
      message: `must be db-custom-<vCPUs>-<MB> with edition ENTERPRISE, ${got}; choose such a tier, or edition "ENTERPRISE_PLUS"`,
    };
  const custom = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  return custom ? customTierProblem(Number(custom[1]), Number(custom[2]), got) : undefined;
}

/** @see cloud.google.com/sql/docs/postgres/instance-settings: cores and memory (2026-11) */
function customTierProblem(cpus: number, megabytes: number, got: string): Problem | undefined {
  if (cpus < 1 || cpus > 96 || (cpus !== 1 && cpus % 2 !== 0))
    return { path, message: `must have 1 or an even number of vCPUs up to 96, ${got}` };
  if (megabytes % 256 !== 0) {
    const near = Math.round(megabytes / 256) * 256;
    return {
      path,
      message: `must have memory in steps of 256 MB, ${got}; the nearest is db-custom-${cpus}-${near}`,
    };
  }
  const least = Math.max(3840, Math.ceil((cpus * 0.9 * 1024) / 256) * 256);
  const most = Math.floor((cpus * 6.5 * 1024) / 256) * 256;
  return problemIf(
    megabytes < least || megabytes > most,
    path,
    `must have ${least} to ${most} MB of memory for ${cpus} vCPU${cpus === 1 ? "" : "s"}, ${got}`,
  );
}

/** Of an image that nobody pulls a digest would say nothing, of a former version it would bring that back. */
function digestProblem(name: string): Problem | undefined {
  if (knownImages.includes(name)) return undefined;
  const repository = name.slice(0, name.lastIndexOf(":"));
  const current = knownImages.find((known) => known.startsWith(`${repository}:`));
  const meant = nearest(name, knownImages);
  return {
    path: pathOf(["registry", "digests", name]),
    message: current
      ? `is of another version than the platform's ${current}; ask "crane digest ${current}"`
      : `is not an image of the platform's; ${meant ? `did you mean ${JSON.stringify(meant)}?` : `they are ${knownImages.join(", ")}`}`,
  };
}

export const dataRules: readonly Rule[] = [
  rule(["registry"], ({ registry }) => Object.keys(registry.digests).map(digestProblem)),
  rule(["database"], tierProblem),
  rule(["database", "deletionProtection"], ({ database, deletionProtection }) =>
    problemIf(
      deletionProtection && !database.backups.enabled,
      "database.backups.enabled",
      "must be true while deletionProtection is true, got false",
    ),
  ),
  rule(["database"], ({ database: { backups } }) =>
    problemIf(
      backups.pointInTimeRecovery && !backups.enabled,
      "database.backups.pointInTimeRecovery",
      "must be false without backups (database.backups.enabled is false), got true",
    ),
  ),
  rule(["database"], ({ database: { backups, highAvailability } }) =>
    problemIf(
      highAvailability && !(backups.enabled && backups.pointInTimeRecovery),
      "database.highAvailability",
      "must be false without backups and point-in-time recovery, got true; Cloud SQL refuses a standby without them",
    ),
  ),
  rule(["database"], ({ database: { backups, edition } }) =>
    problemIf(
      edition === "ENTERPRISE" && backups.logRetentionDays > 7,
      "database.backups.logRetentionDays",
      `must be at most 7 with edition ENTERPRISE, got ${backups.logRetentionDays}; ENTERPRISE_PLUS keeps up to 35`,
    ),
  ),
  rule(["database"], ({ database: { backups } }) =>
    problemIf(
      backups.pointInTimeRecovery && backups.retained < backups.logRetentionDays,
      "database.backups.retained",
      `must be at least database.backups.logRetentionDays (${backups.logRetentionDays}), got ${backups.retained}; a log without a backup before it restores nothing`,
    ),
  ),
  rule(["encryption"], ({ encryption }) =>
    (["nodes", "secrets"] as const).map((key) =>
      problemIf(
        encryption[key] && !encryption.enabled,
        `encryption.${key}`,
        "must be false without encryption.enabled, which makes the keys, got true",
      ),
    ),
  ),
  rule(["storage", "encryption", "region"], ({ storage, encryption, region }) =>
    problemIf(
      encryption.enabled && storage.location !== region,
      "storage.location",
      `must be the region ${JSON.stringify(region)} with encryption, where the keys are, got ${JSON.stringify(storage.location)}`,
    ),
  ),
];
