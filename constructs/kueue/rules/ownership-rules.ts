import { namespaceOf, ownClusterQueue, tenantRelease } from "../names";
import { flavorsOf } from "../objects/quotas";
import type { QueueRule } from "./problem";
import { LABEL_LIMIT, nameProblem, notOneOf, quote, wholeNumber } from "./problem";

/** Helm's limit of a release name. */
const RELEASE_LIMIT = 53;

/** A project's namespaces, queues and priorities are those of one team. */
const projects: QueueRule = ({ teams }, domains) => {
  const owners = new Map<string, string>();
  return Object.entries(teams).flatMap(([team, { projects: own }]) =>
    own.flatMap((project) => {
      const owner = owners.get(project);
      owners.set(project, owner ?? team);
      const message =
        projectOwner(project, team, owner) ?? nameProblem(project, []) ?? releaseName(project, domains);
      return message ? [{ path: `teams.${team}.projects`, message }] : [];
    }),
  );
};

function projectOwner(project: string, team: string, owner: string | undefined): string | undefined {
  if (owner === undefined) return undefined;
  return owner === team
    ? `must name each project once, got ${quote(project)} twice`
    : `must not name ${quote(project)}, which team ${quote(owner)} has: a Flyte project belongs to one team`;
}

function releaseName(project: string, domains: readonly string[]): string | undefined {
  const long = domains
    .map((domain) => tenantRelease(project, domain))
    .find((name) => name.length > RELEASE_LIMIT);
  return (
    long &&
    `must give release names of at most ${RELEASE_LIMIT} characters (Helm's limit), got ${quote(long)} with ${long.length}; shorten the project`
  );
}

/** "a" with domain "b-c", and "a-b" with domain "c", would share a namespace. */
const namespaces: QueueRule = ({ teams }, domains) => {
  const owners = new Map<string, string>();
  return Object.entries(teams).flatMap(([team, { projects: own }]) =>
    own.flatMap((project) =>
      domains.flatMap((domain) => {
        const namespace = namespaceOf(project, domain);
        const owner = owners.get(namespace);
        owners.set(namespace, owner ?? project);
        return owner === undefined || owner === project
          ? []
          : [
              {
                path: `teams.${team}.projects`,
                message: `must not name both ${quote(owner)} and ${quote(project)}: each would have a namespace ${quote(namespace)}`,
              },
            ];
      }),
    ),
  );
};

/** "a" with flavor "b-c", and "a-b" with flavor "c", would share a ClusterQueue; "a-b" is also a team's own. */
const clusterQueues: QueueRule = (queues) => {
  const owners = new Map(Object.keys(queues.teams).map((team) => [team, `team ${quote(team)}`]));
  return Object.entries(queues.teams).flatMap(([name, team]) =>
    flavorsOf(queues, team).own.flatMap((flavor) => {
      const queue = ownClusterQueue(name, flavor);
      const owner = owners.get(queue);
      owners.set(queue, owner ?? `flavor ${quote(flavor)} of team ${quote(name)}`);
      const message =
        owner !== undefined
          ? `must not need the ClusterQueue ${quote(queue)}, which ${owner} has; rename one`
          : queue.length > LABEL_LIMIT
            ? `must give a ClusterQueue name of at most ${LABEL_LIMIT} characters, got ${quote(queue)} with ${queue.length}; shorten the team or the flavor`
            : undefined;
      return message ? [{ path: `teams.${name}.gpus.${flavor}`, message }] : [];
    }),
  );
};

const priorities: QueueRule = (queues, domains) =>
  Object.entries(queues.priorities).flatMap(([domain, value]) => {
    const path = `priorities.${domain}`;
    if (!domains.includes(domain)) return [{ path, message: notOneOf(domains, domain) }];
    return wholeNumber(value, -1_000_000_000, 1_000_000_000)
      ? []
      : [{ path, message: `must be a whole number from -1000000000 to 1000000000, got ${value}` }];
  });

/** What no two teams, projects or flavors may share. */
export const ownershipRules: readonly QueueRule[] = [projects, namespaces, clusterQueues, priorities];
