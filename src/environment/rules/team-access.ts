import { secretOf } from "../../../constructs/team-access";
import { namesFor } from "../names";
import { pathOf, type Problem } from "../problems";
import type { Environment } from "../schema";
import { ownBuckets } from "./own-buckets";
import { problemIf, type Rule, rule } from "./rule";

const quote = JSON.stringify;

type Teams = Environment["queues"]["teams"];

/** Each bucket of each team's access, with its path. */
const bucketsOf = (teams: Teams) =>
  Object.entries(teams).flatMap(([team, { access }]) =>
    Object.entries(access?.buckets ?? {}).map(([bucket, may]) => ({
      team,
      bucket,
      may,
      path: pathOf(["queues", "teams", team, "access", "buckets", bucket]),
    })),
  );

function volumeProblems({ queues, volumes }: Pick<Environment, "queues" | "volumes">) {
  const entries = Object.entries(volumes);
  return bucketsOf(queues.teams).map(({ bucket, path }) => {
    const name = entries.find(([, volume]) => volume.bucket === bucket)?.[0];
    return problemIf(
      name !== undefined,
      path,
      `must be no volume's bucket, got that of volumes.${name}; give the team that volume: queues.teams.<name>.volumes`,
    );
  });
}

/** What two teams write is neither's own. */
function sharedProblems(teams: Teams): readonly (Problem | undefined)[] {
  const written = bucketsOf(teams).filter(({ may }) => may === "write");
  return written.map(({ bucket, path, team }, index) => {
    const first = written.slice(0, index).find((other) => other.bucket === bucket);
    return problemIf(
      first !== undefined,
      path,
      `must be "read", or a volume of both: team ${quote(first?.team)} writes it, and would read what ${quote(team)} wrote over it`,
    );
  });
}

/** What teams have beside their volumes. */
export const teamAccessRules: readonly Rule[] = [
  rule(["queues", "name", "project", "prefix", "state", "storage"], ({ queues, ...environment }) => {
    const own = ownBuckets(environment);
    return bucketsOf(queues.teams).map(({ bucket, path }) =>
      problemIf(
        own.has(bucket),
        path,
        `must be a bucket of your own, got one that holds ${own.get(bucket)}; make another one for it`,
      ),
    );
  }),
  rule(["queues", "volumes"], volumeProblems),
  rule(["queues"], ({ queues }) => sharedProblems(queues.teams)),
  rule(["queues", "name", "project", "prefix"], ({ queues, ...named }) => {
    const { databaseSecret, oidcSecret } = namesFor(named);
    return Object.entries(queues.teams).flatMap(([team, { access }]) =>
      (access?.secrets ?? []).map((secret, index) => {
        const { project, secretId } = secretOf(secret, named.project);
        return problemIf(
          project === named.project && [databaseSecret, oidcSecret].includes(secretId),
          `queues.teams.${team}.access.secrets[${index}]`,
          `must be a secret of the team's, got ${quote(secret)}, which is Flyte's own`,
        );
      }),
    );
  }),
];
