import { admissionChecks } from "./admission-checks";
import { clusterQueues } from "./cluster-queues";
import { cohorts } from "./cohorts";
import { computeClasses } from "./compute-classes";
import type { Manifest } from "../../kubernetes/manifest";
import { priorityClasses } from "./priorities";
import { resourceFlavors } from "./resource-flavors";
import type { Queues } from "../types";

export interface QueueObjectsProps {
  readonly queues: Queues;

  /** Flyte's domains: with a team's projects they make its namespaces, and each has its priorities. */
  readonly domains: readonly string[];
}

/** Kueue's cluster-wide objects. Each follows from its own entry of the configuration and the flavors that it names. */
export function queueObjects({ queues, domains }: QueueObjectsProps): readonly Manifest[] {
  return [
    ...priorityClasses(queues, domains),
    ...resourceFlavors(queues),
    ...admissionChecks(queues),
    ...cohorts(queues),
    ...clusterQueues(queues, domains),
  ];
}

/** Objects of kinds that only GKE serves; apart, so that the others install wherever Kueue is. */
export function gkeQueueObjects({ queues }: Pick<QueueObjectsProps, "queues">): readonly Manifest[] {
  return computeClasses(queues);
}
