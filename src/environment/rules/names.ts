import { type Names, type NamedBy, namesFor } from "../names";
import type { Problem } from "../problems";
import { problemIf, type Rule, rule } from "./rule";

interface Limit {
  /** What Google calls it. */
  readonly what: string;
  readonly longest: number;
  readonly names: (names: Names, environment: NamedBy) => readonly string[];
}

/** @see cloud.google.com/<service>/docs: naming of each (2026-11) */
export const nameLimits: readonly Limit[] = [
  {
    what: "service account",
    longest: 30,
    names: (names) => [names.nodeAccount, names.flyteAccount, names.deployerAccount, names.plannerAccount],
  },
  { what: "custom role", longest: 64, names: (names) => [names.plannerRole] },
  { what: "workload identity pool", longest: 32, names: (names) => [names.githubPool] },
  { what: "cluster", longest: 40, names: (names) => [names.cluster] },
  {
    what: "network resource",
    longest: 63,
    names: (names) => [
      names.network,
      names.subnet,
      names.router,
      names.nat,
      names.firewallWebhooks,
      names.nodeTag,
      names.privateServicesRange,
      names.publicEndpoint,
      names.internalEndpoint,
      names.internalHttpsEndpoint,
      names.proxies,
    ],
  },
  { what: "key ring", longest: 63, names: (names) => [names.keyRing] },
  { what: "bucket", longest: 63, names: (names) => [names.metadataBucket, names.dataBucket] },
  { what: "repository", longest: 63, names: (names) => [names.registry, ...Object.values(names.mirrors)] },
  { what: "backup plan", longest: 63, names: (names) => [names.backupPlan] },
  { what: "secret", longest: 255, names: (names) => [names.databaseSecret, names.oidcSecret] },
  {
    what: "database instance with its project",
    longest: 98,
    names: (names, { project }) => [`${project}:${names.database}`],
  },
];

/** The name that is furthest over its service's limit. Names share their first part, so one line tells all. */
function lengthProblem(environment: NamedBy): Problem | undefined {
  const names = namesFor(environment);
  const [worst] = nameLimits
    .flatMap(({ what, longest, names: of }) =>
      of(names, environment).map((name) => ({ what, longest, name, excess: name.length - longest })),
    )
    .sort((a, b) => b.excess - a.excess);
  if (!worst || worst.excess <= 0) return undefined;
  const { prefix, name } = environment;
  return {
    path: "prefix",
    message: `must have at most ${prefix.length - worst.excess} characters with name ${JSON.stringify(name)}, got ${JSON.stringify(prefix)}; the ${worst.what} "${worst.name}" would have ${worst.name.length}, and ${worst.longest} are allowed`,
  };
}

export const nameRules: readonly Rule[] = [
  rule(["name", "project", "prefix"], lengthProblem),
  rule(["project"], ({ project }) =>
    problemIf(
      project.startsWith("goog") || project.includes("google"),
      "project",
      `must not start with "goog" or contain "google", got ${JSON.stringify(project)}; the buckets' names start with it, and Google refuses them`,
    ),
  ),
  rule(["name"], ({ name }) =>
    problemIf(
      name.includes("google"),
      "name",
      `must not contain "google", got ${JSON.stringify(name)}; the buckets' names hold it, and Google refuses them`,
    ),
  ),
  rule(["labels"], ({ labels }) =>
    Object.keys(labels).map((key) =>
      problemIf(
        key.startsWith("goog"),
        `labels.${key}`,
        'must not start with "goog", which Google keeps for itself',
      ),
    ),
  ),
];
