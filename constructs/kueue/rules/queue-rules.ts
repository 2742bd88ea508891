import { flavorQueueRule } from "./flavor-rules";
import { ownershipRules } from "./ownership-rules";
import { riskRules } from "./risk-rules";
import type { Problem, QueueRule } from "./problem";
import { teamQueueRule } from "./team-rules";
import type { Queues } from "../types";

export type { Problem } from "./problem";

const problemRules: readonly QueueRule[] = [flavorQueueRule, teamQueueRule, ...ownershipRules];

/**
 * Everything that Kueue, GKE or Helm would refuse, or that would leave a task waiting for ever.
 * `path` starts below the environment's `queues`; "<path> <message>" is a sentence.
 */
export function queueProblems(queues: Queues, domains: readonly string[]): readonly Problem[] {
  return problemRules.flatMap((rule) => rule(queues, domains));
}

/** What is allowed but rarely meant. For queues without problems. */
export function queueWarnings(queues: Queues, domains: readonly string[]): readonly Problem[] {
  return riskRules.flatMap((rule) => rule(queues, domains));
}
