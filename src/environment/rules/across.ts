import { pathOf, type Problem } from "../problems";
import type { Clash, Readable, Sourced } from "./clash";
import { ownBuckets } from "./own-buckets";
import { vpcClashes } from "./vpc";

export type { Readable } from "./clash";

const quote = JSON.stringify;

const oneName: Clash = {
  between: ({ name }, earlier) => name !== undefined && name === earlier.name,
  problem: ({ name }) => ({
    path: "name",
    message: `must be unique, got ${quote(name)}, which another environment has`,
  }),
};

/**
 * Names in Google Cloud need no rule of their own: each holds the environment's name, and is either within the project or
 * begins with the project's id.
 */
const ownProject: Clash = {
  between: ({ project }, earlier) => project !== undefined && project === earlier.project,
  problem: ({ project }, { environment, file }) => ({
    path: "project",
    message:
      `must be a project of its own, got ${quote(project)}, which environment ${quote(environment.name)} (${file}) has already; ` +
      "all clusters of a project share one workload identity pool, so tasks and Flyte of the one would be those of the other, with its buckets and its database",
  }),
};

/** Also a folder within the other's: who may write that one's states could write these. */
const ownState: Clash = {
  between: (environment, earlier) => {
    const [own, other] = [folderOf(environment), folderOf(earlier)];
    return own !== undefined && other !== undefined && (own.startsWith(other) || other.startsWith(own));
  },
  problem: ({ state }, { environment }) => ({
    path: "state.prefix",
    message: `must not be ${quote(state?.prefix)}: environment ${quote(environment.name)} keeps its state in gs://${environment.state?.bucket}/${environment.state?.prefix} already`,
  }),
};

/** Another environment's teams read and write there; its tasks' pods are not this one's. */
const anothersBucket: Clash = {
  between: (environment, earlier) =>
    taken(environment, earlier) !== undefined || taken(earlier, environment) !== undefined,
  problem: (environment, { environment: earlier, file }) => {
    const own = taken(environment, earlier);
    const { path = "", bucket = "" } = own ?? taken(earlier, environment) ?? {};
    return {
      path: own ? path : "name",
      message: own
        ? `must be a bucket of your own, got ${quote(bucket)}, which is environment ${quote(earlier.name)}'s (${file}); make another one for it`
        : `must not be ${quote(environment.name)} with this project: its bucket ${quote(bucket)} is ${path} of environment ${quote(earlier.name)} (${file}); make another one there`,
    };
  },
};

/** A bucket of the other's platform that teams of this one would have, and where that stands. */
function taken(environment: Readable, { name, project, prefix, state, storage }: Readable) {
  if (name === undefined || project === undefined || prefix === undefined) return undefined;
  const theirs = ownBuckets({ name, project, prefix, state, storage });
  return bucketsOf(environment).find(({ bucket }) => theirs.has(bucket));
}

function bucketsOf({ volumes = {}, queues }: Readable) {
  return [
    ...Object.entries(volumes).flatMap(([volume, { bucket }]) =>
      bucket === undefined ? [] : [{ bucket, path: `volumes.${volume}.bucket` }],
    ),
    ...Object.entries(queues?.teams ?? {}).flatMap(([team, { access }]) =>
      Object.keys(access?.buckets ?? {}).map((bucket) => ({
        bucket,
        path: pathOf(["queues", "teams", team, "access", "buckets", bucket]),
      })),
    ),
  ];
}

function folderOf({ state }: Readable): string | undefined {
  return state?.prefix ? `gs://${state.bucket}/${state.prefix}/` : undefined;
}

/** What clashes with an environment that stands before it, for each environment. */
export function clashes(environments: readonly Sourced[]): readonly (readonly Problem[])[] {
  return environments.map(({ environment }, index) => {
    const earlier = environments.slice(0, index);
    const all = [oneName, ownProject, ownState, anothersBucket, ...vpcClashes];
    return all.flatMap((clash) => {
      const owner = earlier.find((other) => clash.between(environment, other.environment));
      // A repeated name repeats everything made from it: said once.
      const repeated = owner?.environment.name === environment.name && clash !== oneName;
      return owner === undefined || repeated ? [] : [clash.problem(environment, owner)];
    });
  });
}
