import { filestoreProblem } from "../../../constructs/volumes/filestore-tiers";
import { mostDiskGib, sidecarOf } from "../../../constructs/volumes/sidecar";
import { type Volume, volumesNamed } from "../../../constructs/volumes/types";
import { fileServerName, namesFor } from "../names";
import { nearest, type Problem } from "../problems";
import type { Environment } from "../schema";
import { ownBuckets } from "./own-buckets";
import { problemIf, type Rule, rule } from "./rule";

const quote = JSON.stringify;
const list = (words: readonly string[]) => words.map((word) => quote(word)).join(", ");

const kinds = ["bucket", "filestore", "claim"] as const;

/** Which kinds of volume the other keys are of. */
const goesWith = {
  readOnly: ["bucket", "claim"],
  cacheGib: ["bucket"],
  flavors: ["claim"],
} as const satisfies Partial<Record<keyof Volume, readonly (typeof kinds)[number][]>>;

/** Filestore's limit of an instance's name. */
const SERVER_LIMIT = 63;

type Found = readonly (Problem | undefined)[];

const each = (
  volumes: Environment["volumes"],
  problems: (volume: Volume, path: string, name: string) => Found,
): Found => Object.entries(volumes).flatMap(([name, volume]) => problems(volume, `volumes.${name}`, name));

function kindProblems(volume: Volume, path: string): Found {
  const said = kinds.filter((kind) => volume[kind] !== undefined);
  if (said.length !== 1)
    return [
      {
        path,
        message: `must have one of ${kinds.join(", ")}, got ${said.length === 0 ? "none" : said.join(" and ")}; make two volumes of two things`,
      },
    ];
  return Object.entries(goesWith).map(([key, having]) =>
    problemIf(
      volume[key as keyof Volume] !== undefined && !said.some((kind) => having.some((one) => one === kind)),
      `${path}.${key}`,
      `must be left out with ${said[0]}; it goes with ${having.join(" and ")}`,
    ),
  );
}

function repeatedBuckets(volumes: Environment["volumes"]): Found {
  const entries = Object.entries(volumes);
  return entries.map(([name, { bucket }], index) => {
    const first = entries.slice(0, index).find(([, other]) => other.bucket === bucket)?.[0];
    return problemIf(
      bucket !== undefined && first !== undefined,
      `volumes.${name}.bucket`,
      `must be a bucket of this volume alone, got ${quote(bucket)}, which is volumes.${first} too: teams that have either would have both; give them volume ${quote(first)}`,
    );
  });
}

function teamProblems({ queues, volumes }: Pick<Environment, "queues" | "volumes">): Found {
  const known = Object.keys(volumes);
  return Object.entries(queues.teams).flatMap(([team, { volumes: named = [] }]) =>
    named.flatMap((name, index) => {
      const path = `queues.teams.${team}.volumes[${index}]`;
      const meant = nearest(name, known);
      return [
        problemIf(
          !known.includes(name),
          path,
          known.length === 0
            ? `must be left out: there is no volume ${quote(name)}, nor any other in volumes`
            : `must be one of ${list(known)}, got ${quote(name)}${meant ? `; did you mean ${quote(meant)}?` : ""}`,
        ),
        problemIf(named.indexOf(name) < index, path, `must not be named twice, got ${quote(name)}`),
      ];
    }),
  );
}

/** What GKE puts beside each task is in its pod, and so in its team's quota and on its node. */
function sidecarProblems({ queues, volumes }: Pick<Environment, "queues" | "volumes">): Found {
  return Object.entries(queues.teams).flatMap(([team, { volumes: named, memoryGib }]) => {
    const sidecar = sidecarOf(volumesNamed(volumes, named));
    if (sidecar === undefined) return [];
    const { diskGib, memoryMib } = sidecar;
    // A task that asks for nothing has 1 GiB.
    const least = Math.ceil(1 + memoryMib / 1024);
    return [
      problemIf(
        diskGib > mostDiskGib,
        `queues.teams.${team}.volumes`,
        `must take at most ${mostDiskGib} GiB of a task's disk, got ${diskGib} (all cacheGib, 1 for the mount itself, 4 where one can be written): Autopilot gives a pod without GPU 10; lower cacheGib`,
      ),
      problemIf(
        memoryGib < least,
        `queues.teams.${team}.memoryGib`,
        `must be at least ${least} with its buckets as volumes, got ${memoryGib}: the mount of each takes 256 MiB beside every task, and no task would fit`,
      ),
    ];
  });
}

/** What the volumes of an environment must satisfy with each other, the teams and the rest. */
export const volumeRules: readonly Rule[] = [
  rule(["volumes"], ({ volumes }) => each(volumes, kindProblems)),
  rule(["volumes", "name", "project", "prefix", "state", "storage"], ({ volumes, ...environment }) => {
    const own = ownBuckets(environment);
    return each(volumes, ({ bucket = "" }, path) => [
      problemIf(
        own.has(bucket),
        `${path}.bucket`,
        `must be a bucket of your own, got ${quote(bucket)}, which holds ${own.get(bucket)}; make another one for it`,
      ),
    ]);
  }),
  rule(["volumes"], ({ volumes }) => repeatedBuckets(volumes)),
  rule(["volumes", "region", "encryption"], ({ volumes, region, encryption }) =>
    each(volumes, ({ filestore }, path) => {
      const problem = filestore && filestoreProblem(filestore, { region, encrypted: encryption.enabled });
      return problem ? [{ path: `${path}.filestore.${problem.key}`, message: problem.message }] : [];
    }),
  ),
  rule(["volumes", "name", "project", "prefix"], ({ volumes, ...named }) =>
    each(volumes, ({ filestore }, path, name) => {
      const { length } = fileServerName(namesFor(named), name);
      return [
        problemIf(
          filestore !== undefined && length > SERVER_LIMIT,
          path,
          `must have at most ${name.length - (length - SERVER_LIMIT)} characters in its name, because it is a file server, got ${name.length}; Filestore allows ${SERVER_LIMIT} with what the environment puts before`,
        ),
      ];
    }),
  ),
  rule(["volumes", "queues"], ({ volumes, queues }) =>
    each(volumes, ({ flavors = [] }, path) =>
      flavors.map((flavor, index) =>
        problemIf(
          !Object.hasOwn(queues.flavors, flavor),
          `${path}.flavors[${index}]`,
          `must be a flavor of queues.flavors (${list(Object.keys(queues.flavors)) || "there is none"}), got ${quote(flavor)}`,
        ),
      ),
    ),
  ),
  rule(["volumes", "queues"], teamProblems),
  rule(["volumes", "queues"], ({ volumes, queues }) =>
    each(volumes, (_, path, name) => [
      problemIf(
        !Object.values(queues.teams).some((team) => team.volumes?.includes(name)),
        path,
        `must be a volume of some team, got none that names it; add ${quote(name)} to queues.teams.<name>.volumes, or take it out`,
      ),
    ]),
  ),
  rule(["volumes", "queues"], sidecarProblems),
];
