import { queueProblems, queueWarnings } from "../../../constructs/kueue/rules";
import type { Problem } from "../problems";
import type { Environment } from "../schema";
import { problemIf, type Rule, rule } from "./rule";

/** First parts of namespaces that Kubernetes, GKE and the platform itself use. */
const takenProjects = /^(kube|gke|gmp|kueue)(-|$)/;

function takenNamespaceProblems({ queues }: Pick<Environment, "queues">): readonly (Problem | undefined)[] {
  return Object.entries(queues.teams).flatMap(([team, { projects }]) =>
    projects.map((project, index) =>
      problemIf(
        takenProjects.test(project),
        `queues.teams.${team}.projects[${index}]`,
        `must not be ${JSON.stringify(project)}: its namespaces would start as the system's own do ("kube-", "gke-", "gmp-", "kueue-")`,
      ),
    ),
  );
}

const below = ({ path, message }: Problem): Problem => ({ path: `queues.${path}`, message });

/** Kueue's own rules stand beside the objects that they are about. */
export const queueRules: readonly Rule[] = [
  rule(["queues", "flyte"], ({ queues, flyte }) => queueProblems(queues, flyte.domains).map(below)),
  rule(["queues"], takenNamespaceProblems),
];

/** Allowed but rarely meant. */
export const queueRisks: readonly Rule[] = [
  rule(["queues"], ({ queues }) =>
    problemIf(Object.keys(queues.teams).length === 0, "queues.teams", "names no team; nobody can run a task"),
  ),
  rule(["queues", "flyte"], ({ queues, flyte }) => queueWarnings(queues, flyte.domains).map(below)),
];
