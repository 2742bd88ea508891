import type { Construct } from "constructs";
import { InvalidProps } from "../../rules";
import { queueProblems } from "./queue-rules";
import type { Queues } from "../types";

/** The environment's rules once more, for constructs that are used without one. Throws one error with all problems. */
export function checkQueues(
  scope: Construct,
  { queues, domains }: { readonly queues: Queues; readonly domains: readonly string[] },
): void {
  const problems = queueProblems(queues, domains).map(({ path, message }) => `queues.${path} ${message}`);
  if (problems.length > 0) throw new InvalidProps(scope.node.path, problems);
}
