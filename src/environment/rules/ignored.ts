import { pathOf, type Problem, shown } from "../problems";
import type { Environment, EnvironmentConfig } from "../schema";
import { type Rule, rule, type Section } from "./rule";

/** Settings that nothing reads while something else says so: whoever wrote them meant more than they get. */
interface Ignored {
  readonly keys: readonly string[];
  readonly needs: readonly Section[];
  /** Why nobody reads them, and what to do; nothing when somebody does. */
  readonly because: (environment: Environment) => string | undefined;
}

const unless = (used: boolean, reason: string) => (used ? undefined : reason);

const ignored: readonly Ignored[] = [
  {
    keys: ["encryption.rotationDays"],
    needs: ["encryption"],
    because: ({ encryption }) => unless(encryption.enabled, "without encryption.enabled there are no keys"),
  },
  {
    keys: ["backup.cron", "backup.retainDays"],
    needs: ["backup"],
    because: ({ backup }) => unless(backup.enabled, "backup.enabled is false"),
  },
  {
    keys: ["database.backups.retained", "database.backups.logRetentionDays", "database.backups.startTime"],
    needs: ["database"],
    because: ({ database }) => unless(database.backups.enabled, "database.backups.enabled is false"),
  },
  {
    keys: ["database.backups.logRetentionDays"],
    needs: ["database"],
    because: ({ database: { backups } }) =>
      unless(
        backups.pointInTimeRecovery || !backups.enabled,
        "without database.backups.pointInTimeRecovery no log is kept",
      ),
  },
  {
    keys: ["monitoring.notificationChannels", "monitoring.waitingHours"],
    needs: ["monitoring"],
    because: ({ monitoring }) => unless(monitoring.enabled, "monitoring.enabled is false"),
  },
  {
    keys: ["monitoring.notificationChannels", "monitoring.waitingHours"],
    needs: ["monitoring", "queues"],
    because: ({ monitoring, queues }) =>
      unless(
        !monitoring.enabled || Object.keys(queues.flavors).length > 0,
        "without queues.flavors there is no queue that could stand still",
      ),
  },
  {
    keys: ["flyte.cpu", "flyte.memoryGib"],
    needs: ["flyte"],
    because: ({ flyte }) =>
      unless(
        flyte.topology === "binary",
        'with topology "core" each part has a size of its own; change one in flyte.extraValues, such as { flyteadmin: { resources: { … } } }',
      ),
  },
  {
    keys: ["policies.network.internet", "policies.network.allow"],
    needs: ["policies"],
    because: ({ policies }) =>
      unless(
        policies.network.enabled,
        "policies.network.enabled is false (its default without deletionProtection), and tasks reach everything",
      ),
  },
  {
    keys: ["storage.accessLogProject"],
    needs: ["storage"],
    because: ({ storage }) =>
      unless(
        storage.accessLogBucket !== undefined,
        "without storage.accessLogBucket there are no usage logs",
      ),
  },
];

function valueAt(config: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], config);
}

function problemsIn(
  { keys, because }: Ignored,
  environment: Environment,
  config: EnvironmentConfig,
): readonly Problem[] {
  const reason = because(environment);
  if (reason === undefined) return [];
  return keys.flatMap((key) => {
    const path = key.split(".");
    const value = valueAt(config, path);
    return value === undefined
      ? []
      : [{ path: pathOf(path), message: `must be left out, got ${shown(value)}: ${reason}` }];
  });
}

export const ignoredRules: readonly Rule[] = ignored.map((each) =>
  rule(each.needs, (environment, config) =>
    problemsIn(each, environment as Environment, config as EnvironmentConfig),
  ),
);
