import { safeParse } from "zod/mini";
import { fileOf } from "./file-of";
import { deepFreeze, plainCopy } from "./plain-data";
import { EnvironmentError, type EnvironmentProblems, type Problem, shown } from "./problems";
import { clashes, type Readable, risks, type Rule, rules } from "./rules";
import { partsOf } from "./schema/parts";
import { type Environment, type EnvironmentConfig, environmentSchema, withDerivedDefaults } from "./schema";
import { problemsOf } from "./translate";

export { EnvironmentError } from "./problems";
export type { Environment, EnvironmentConfig } from "./schema";

/** Helm values have a template language of their own, in which `${` is text. */
const templates = [["flyte", "extraValues"]];

/** A configuration as far as it could be read. */
interface Reading {
  readonly config: EnvironmentConfig;
  /** With defaults; only the sections without a mistake. */
  readonly environment: Readable;
  readonly problems: readonly Problem[];
}

/**
 * Reads one environment: shapes, defaults, rules.
 *
 * @param options.folder where its file lies, for the error message
 * @throws EnvironmentError with every problem
 */
export function defineEnvironment(
  config: EnvironmentConfig,
  options: { readonly folder?: string } = {},
): Environment {
  const [environment] = defineEnvironments([config], options.folder).environments;
  return environment as Environment;
}

/**
 * Reads every environment of a repository, and judges them beside each other.
 *
 * @param folder where the files lie, for the error message
 * @throws EnvironmentError with every problem of every environment
 */
export function defineEnvironments(
  configs: readonly EnvironmentConfig[],
  folder = "src/environments",
): { readonly environments: readonly Environment[]; readonly warnings: readonly string[] } {
  if (configs.length === 0) throw new EnvironmentError([emptyList(folder)]);
  const readings = configs.map(read);
  const clashing = clashes(
    readings.map((reading, index) => ({
      environment: reading.environment,
      // Looked up only where a message names it.
      get file() {
        return titleOf(reading, index, folder).file;
      },
    })),
  );
  const failed = readings
    .map((reading, index): EnvironmentProblems => ({
      ...titleOf(reading, index, folder),
      problems: [...reading.problems, ...(clashing[index] ?? [])],
    }))
    .filter(({ problems }) => problems.length > 0);
  if (failed.length > 0) throw new EnvironmentError(failed);

  return {
    environments: readings.map(({ environment }) => deepFreeze(environment) as Environment),
    warnings: readings.flatMap(warningsOf),
  };
}

function emptyList(folder: string): EnvironmentProblems {
  const message = "must name at least one environment, got none";
  return {
    subject: "the list of environments",
    file: fileOf("", folder),
    problems: [{ path: "it", message }],
  };
}

function read(given: unknown): Reading {
  const { copy, problems: notPlain } = plainCopy(given, templates);
  if (typeof copy !== "object" || copy === null || Array.isArray(copy)) {
    const message = `must be an object, got ${shown(given)}; ${notAnEnvironment(given)}`;
    return { config: {} as EnvironmentConfig, environment: {}, problems: [{ path: "it", message }] };
  }
  const within = environmentWithin(copy);
  if (within !== undefined) {
    const message = `must be an environment, got an object that holds one as ${JSON.stringify(within)}; list that, not the module around it`;
    return { config: {} as EnvironmentConfig, environment: {}, problems: [{ path: "it", message }] };
  }
  const config = copy as EnvironmentConfig;
  const parsed = safeParse(environmentSchema, config);
  if (parsed.success) {
    const environment = withDerivedDefaults(parsed.data);
    return { config, environment, problems: [...notPlain, ...judge(rules, environment, config)] };
  }
  const environment = withDerivedDefaults(readableSections(config));
  // What is no data has no shape either, and spoils that of what holds it: said once.
  const told = (path: string) => notPlain.some((problem) => isWithin(problem.path, path));
  const shapes = problemsOf(parsed.error.issues, environmentSchema, config).filter(({ path }) => !told(path));
  return { config, environment, problems: [...notPlain, ...shapes, ...judge(rules, environment, config)] };
}

/** What somebody probably did who lists something that is no object. */
function notAnEnvironment(given: unknown): string {
  if (given instanceof Promise) return "environments are read at once: list what it resolves to";
  if (typeof given === "string" && given.trim().startsWith("{"))
    return "that is JSON text: JSON.parse makes an object of it";
  return "does its file export what index.ts imports, and import nothing that imports it?";
}

/** The key under which a module or a wrapper holds an environment. */
function environmentWithin(copy: object): string | undefined {
  if ("name" in copy || "project" in copy) return undefined;
  const holding = Object.entries(copy).find(
    ([, inner]) => typeof inner === "object" && inner !== null && "project" in inner && "queues" in inner,
  );
  return holding?.[0];
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

/** The sections that parse by themselves: one mistake does not silence the rules of the others. */
function readableSections(config: EnvironmentConfig): Parameters<typeof withDerivedDefaults>[0] {
  const sections = Object.entries(partsOf(environmentSchema).keys ?? {}).flatMap(([key, schema]) => {
    const parsed = safeParse(schema, (config as Record<string, unknown>)[key]);
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(sections) as Parameters<typeof withDerivedDefaults>[0];
}

function judge(
  rulesToApply: readonly Rule[],
  environment: Readable,
  config: EnvironmentConfig,
): readonly Problem[] {
  return rulesToApply
    .filter(({ needs }) => needs.every((section) => environment[section] !== undefined))
    .flatMap(({ find }) => find(environment as Environment, config));
}

function warningsOf({ environment, config }: Reading): readonly string[] {
  return judge(risks, environment, config).map(
    ({ path, message }) => `environment ${JSON.stringify(environment.name)}: ${path} ${message}`,
  );
}

function titleOf({ config }: Reading, index: number, folder: string): { subject: string; file: string } {
  const { name } = config as { name?: unknown };
  const subject =
    typeof name === "string" && name !== ""
      ? `environment ${JSON.stringify(name)}`
      : `environment ${index + 1} of the list`;
  return { subject, file: fileOf(typeof name === "string" ? name : "", folder) };
}
