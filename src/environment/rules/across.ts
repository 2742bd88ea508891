import { type NamedBy, namesFor } from "../names";
import type { Problem } from "../problems";
import type { Environment } from "../schema";

/** An environment as far as it could be read. */
export type Readable = Partial<Environment>;

/** Something that only one environment may have. */
interface Unique {
  /** What an environment takes, in words that are equal only when it is the same thing in the cloud. */
  readonly taken: (environment: Readable) => readonly string[];
  readonly problem: (environment: Readable, thing: string, owner: Readable) => Problem;
}

const quote = JSON.stringify;

const oneName: Unique = {
  taken: ({ name }) => (name === undefined ? [] : [name]),
  problem: ({ name }) => ({
    path: "name",
    message: `must be unique, got ${quote(name)}, which another environment has`,
  }),
};

const ownState: Unique = {
  taken: ({ state }) => (state?.prefix ? [`gs://${state.bucket}/${state.prefix}`] : []),
  problem: ({ state }, thing, owner) => ({
    path: "state.prefix",
    message: `must not be ${quote(state?.prefix)}: environment ${quote(owner.name)} keeps its state in ${thing} already`,
  }),
};

const ownNames: Unique = {
  taken: (environment) => (isNamed(environment) ? physicalNames(environment) : []),
  problem: ({ prefix }, thing, owner) => ({
    path: "prefix",
    message: `must not be ${quote(prefix)}: the ${thing} is environment ${quote(owner.name)}'s already`,
  }),
};

function isNamed(environment: Readable): environment is Readable & NamedBy {
  return (
    environment.name !== undefined && environment.project !== undefined && environment.prefix !== undefined
  );
}

/** Names that belong to the whole project, by kind; a bucket's belongs to the whole world. */
function physicalNames(environment: NamedBy): readonly string[] {
  const { project } = environment;
  const names = namesFor(environment);
  const ofProject = {
    repository: [names.registry, ...Object.values(names.mirrors)],
    cluster: [names.cluster],
    network: [names.network],
    "database instance": [names.database],
    "service account": [names.nodeAccount, names.flyteAccount],
  };
  return [
    ...Object.entries(ofProject).flatMap(([kind, all]) =>
      all.map((name) => `${kind} "${name}" of project "${project}"`),
    ),
    ...[names.metadataBucket, names.dataBucket].map((name) => `bucket "${name}"`),
  ];
}

/** What clashes with an environment that stands before it, for each environment. */
export function clashes(environments: readonly Readable[]): readonly (readonly Problem[])[] {
  const found = [oneName, ownState, ownNames].map((unique) => clashesOf(unique, environments));
  return environments.map((_, index) => found.flatMap((problems) => problems[index] ?? []));
}

function clashesOf(
  { taken, problem }: Unique,
  environments: readonly Readable[],
): readonly (readonly Problem[])[] {
  const owners = new Map<string, Readable>();
  return environments.map((environment) => {
    const things = taken(environment);
    const clash = things.find((thing) => owners.has(thing));
    for (const thing of things) if (!owners.has(thing)) owners.set(thing, environment);
    const owner = clash === undefined ? undefined : owners.get(clash);
    if (clash === undefined || owner === undefined) return [];
    // A repeated name repeats everything made from it: said once.
    return owner.name === environment.name && taken !== oneName.taken
      ? []
      : [problem(environment, clash, owner)];
  });
}
