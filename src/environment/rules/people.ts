import { namesFor, teamNames } from "../names";
import type { Problem } from "../problems";
import type { Environment } from "../schema";
import { problemIf, type Rule, rule } from "./rule";

/** Artifact Registry's limit of a repository's name. */
const REPOSITORY_LIMIT = 63;

type Teams = Environment["queues"]["teams"];

interface Grouped {
  readonly team: string;
  readonly group: string;
  readonly path: string;
}

function groupsOf(teams: Teams): readonly Grouped[] {
  return Object.entries(teams).flatMap(([team, { group }]) =>
    group === undefined ? [] : [{ team, group, path: `queues.teams.${team}.group` }],
  );
}

/** Two teams of one group are one team to Kubernetes and to Google. */
function sharedProblems(groups: readonly Grouped[]): readonly (Problem | undefined)[] {
  return groups.map(({ group, path }, index) => {
    const first = groups.slice(0, index).find((other) => other.group === group);
    return problemIf(
      first !== undefined,
      path,
      `must be a group of this team alone, got ${JSON.stringify(group)}, which is ${first?.path} too; somebody may be a member of several groups`,
    );
  });
}

/** Who may look at what: what the groups of teams must satisfy with the cluster and with each other. */
export const peopleRules: readonly Rule[] = [
  rule(["queues", "cluster"], ({ queues, cluster }) =>
    groupsOf(queues.teams).map(({ group, path }) =>
      problemIf(
        cluster.securityGroup === undefined,
        path,
        `needs cluster.securityGroup, got ${JSON.stringify(group)} without it; make the Google group "gke-security-groups@<your domain>", add this group to it as a member, and write its address there`,
      ),
    ),
  ),
  rule(["queues", "cluster"], ({ queues, cluster }) =>
    groupsOf(queues.teams).map(({ group, path }) =>
      problemIf(
        group === cluster.securityGroup,
        path,
        `must be another group than cluster.securityGroup, got ${JSON.stringify(group)}; that one only holds the groups of all teams`,
      ),
    ),
  ),
  rule(["queues"], ({ queues }) => sharedProblems(groupsOf(queues.teams))),
  rule(["queues", "name", "project", "prefix"], ({ queues, ...named }) =>
    groupsOf(queues.teams).map(({ team }) => {
      const { registry } = teamNames(namesFor(named), team);
      return problemIf(
        registry.length > REPOSITORY_LIMIT,
        `queues.teams.${team}`,
        `must have at most ${team.length - (registry.length - REPOSITORY_LIMIT)} characters in its name, because it has a group; its repository ${JSON.stringify(registry)} would have ${registry.length}, and ${REPOSITORY_LIMIT} are allowed`,
      );
    }),
  ),
];
