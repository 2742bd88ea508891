import type { Manifest } from "../../kubernetes/manifest";
import type { Queues } from "../types";
import { KUEUE_API } from "../names";

/** How far a tier is from its domain. */
export const TIER_STEP = 10;

/** Label that gives a pod its WorkloadPriorityClass. A class that does not exist leaves the pod gated without any event. */
export const PRIORITY_LABEL = "kueue.x-k8s.io/priority-class";

/**
 * Domain first, tier second: `production`, and within it `production-interactive` before and `production-batch` behind.
 * The domain's own class is the middle tier, and what every PodTemplate of its namespaces carries; a run chooses another
 * with its label (`pyflyte run --labels …`), since how urgent a run is says nothing about its code.
 *
 * Every domain has its classes, named in `priorities` or not: a class that does not exist is a trap.
 */
export function priorityClasses(
  { priorities }: Pick<Queues, "priorities">,
  domains: readonly string[],
): Manifest[] {
  return [...domains].sort().flatMap((domain) => {
    const value = priorities[domain] ?? 0;
    return [
      priorityClass(domain, value, `Runs of the domain ${domain}.`),
      priorityClass(`${domain}-batch`, value - TIER_STEP, `Runs of ${domain} that nobody waits for.`),
      priorityClass(`${domain}-interactive`, value + TIER_STEP, `Runs of ${domain} that somebody waits for.`),
    ];
  });
}

function priorityClass(name: string, value: number, description: string): Manifest {
  return { apiVersion: KUEUE_API, kind: "WorkloadPriorityClass", metadata: { name }, value, description };
}
