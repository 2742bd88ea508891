import { continued, mostNamespaces } from "../../../constructs/google/task-namespaces";
import { namespaceOf } from "../../../constructs/kueue/names";
import { durationSeconds } from "../../../constructs/kueue/durations";
import { queueProblems, queueWarnings } from "../../../constructs/kueue/rules/queue-rules";
import type { Problem } from "../problems";
import type { Environment } from "../schema";
import { problemIf, type Rule, rule } from "./rule";

const namespacesOf = ({ queues, flyte }: Pick<Environment, "queues" | "flyte">): readonly string[] =>
  Object.values(queues.teams).flatMap(({ projects }) =>
    projects.flatMap((project) => flyte.domains.map((domain) => namespaceOf(project, domain))),
  );

/** A task writes what starts with its namespace's name and a hyphen, so that no other namespace's may. */
function continuedProblems(
  environment: Pick<Environment, "queues" | "flyte">,
): readonly (Problem | undefined)[] {
  return continued(namespacesOf(environment)).map(([longer, shorter]) =>
    problemIf(
      true,
      "queues.teams",
      `must not have both a namespace ${JSON.stringify(shorter)} and a namespace ${JSON.stringify(longer)}: tasks of the first could write what is the second's; name the project or the domain otherwise`,
    ),
  );
}

function namespaceLimit(environment: Pick<Environment, "queues" | "flyte">): Problem | undefined {
  const { length } = namespacesOf(environment);
  return problemIf(
    length > mostNamespaces,
    "queues.teams",
    `must have at most ${mostNamespaces} projects times domains, got ${length}: IAM takes 1,500 principals in a bucket's policy, and each namespace is three; use fewer domains, or a second environment in a project of its own`,
  );
}

const below = ({ path, message }: Problem): Problem => ({ path: `queues.${path}`, message });

/** Kueue's own rules stand beside the objects that they are about. */
export const queueRules: readonly Rule[] = [
  rule(["queues", "flyte"], ({ queues, flyte }) => queueProblems(queues, flyte.domains).map(below)),
  rule(["queues", "flyte"], continuedProblems),
  rule(["queues", "flyte"], namespaceLimit),
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
