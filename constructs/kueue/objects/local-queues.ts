import type { Manifest } from "../../kubernetes/manifest";
import { KUEUE_API, TASKS, ownClusterQueue } from "../names";
import { flavorsOf } from "./quotas";
import type { Queues, Team } from "../types";

/**
 * Kueue compares the usage of two queues before the priority of their tasks, and divides it by this weight. A factor of
 * a thousand from one domain to the next lets the higher one go first whatever it has used, within reason; the projects
 * of one domain differ by their usage alone.
 */
const WEIGHT_STEP = 1000;

/** The label that puts a pod into a LocalQueue, and the whole of a pod's opt-in. */
export const QUEUE_LABEL = "kueue.x-k8s.io/queue-name";

export interface LocalQueuesProps {
  readonly queues: Queues;
  readonly domains: readonly string[];
  readonly namespace: string;
  readonly domain: string;
  readonly teamName: string;
  readonly team: Team;
}

/** The queues of a namespace: `tasks`, and one for each flavor that the team has a queue for. */
export function localQueues(props: LocalQueuesProps): Manifest[] {
  const { queues, team, teamName } = props;
  const { own } = flavorsOf(queues, team);
  return [
    localQueue(TASKS, teamName, props),
    ...[...own].sort().map((flavor) => localQueue(flavor, ownClusterQueue(teamName, flavor), props)),
  ];
}

function localQueue(name: string, clusterQueue: string, props: LocalQueuesProps): Manifest {
  return {
    apiVersion: KUEUE_API,
    kind: "LocalQueue",
    metadata: { name, namespace: props.namespace },
    spec: {
      clusterQueue,
      ...(props.team.order === "usage" && { fairSharing: { weight: String(domainWeight(props)) } }),
    },
  };
}

function domainWeight({ queues, domains, domain }: LocalQueuesProps): number {
  const priorityOf = (other: string) => queues.priorities[other] ?? 0;
  const below = new Set(domains.map(priorityOf).filter((priority) => priority < priorityOf(domain)));
  return WEIGHT_STEP ** below.size;
}
