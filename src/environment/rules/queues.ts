import { durationSeconds } from "../../../constructs/kueue/durations";
import { queueProblems, queueWarnings } from "../../../constructs/kueue/rules/queue-rules";
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
  rule(["queues"], ({ queues }) =>
    problemIf(
      Object.keys(queues.teams).length === 0,
      "queues.teams",
      'must name at least one team, got none; tasks run in a team\'s projects: { research: { projects: ["vision"], cpu: 64, memoryGib: 256 } }',
    ),
  ),
];

const DAY = 86_400;

/** A queued flavor's tasks wait before they are admitted, and a reservation's nodes are there: that time does not count. */
function impatience({ kueue, queues }: Pick<Environment, "kueue" | "queues">): Problem | undefined {
  const waiting = Object.entries(queues.flavors)
    .filter(([, { provisioning }]) => provisioning !== "queued" && provisioning !== "reservation")
    .map(([name]) => name);
  return problemIf(
    waiting.length > 0 && (durationSeconds(kueue.waitForPodsReady) ?? DAY) < DAY,
    "kueue.waitForPodsReady",
    `is ${JSON.stringify(kueue.waitForPodsReady)}; a task of ${waiting.join(", ")} whose node takes longer is stopped and asks again, last in line; a day is little for scarce GPUs`,
  );
}

/** Allowed but rarely meant. */
export const queueRisks: readonly Rule[] = [
  rule(["queues", "flyte"], ({ queues, flyte }) => queueWarnings(queues, flyte.domains).map(below)),
  rule(["queues", "kueue"], impatience),
];
