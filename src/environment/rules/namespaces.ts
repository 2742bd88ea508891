import type { Problem } from "../problems";
import type { Environment } from "../schema";
import { problemIf, type Rule, rule } from "./rule";

// A project-domain's namespace is called <project>-<domain>, and anybody who may reach Flyte may make a project of any name.

/** First parts of namespaces that Kubernetes, GKE and the platform itself use. */
const takenProjects = /^(kube|gke|gmp|kueue)(-|$)/;

/**
 * Namespaces that stand in a cluster of this platform, or that GKE's features and common operators make.
 *
 * @see cloud.google.com/kubernetes-engine/docs/concepts/cluster-architecture#system-namespaces (2026-11)
 */
const systemNamespaces: readonly string[] = [
  "kube-system",
  "kube-public",
  "kube-node-lease",
  "kueue-system",
  "cnrm-system",
  "config-management-monitoring",
  "config-management-system",
  "gatekeeper-system",
  "gke-gmp-system",
  "gke-managed-checkpointing",
  "gke-managed-cim",
  "gke-managed-dpv2-observability",
  "gke-managed-filestorecsi",
  "gke-managed-lustrecsi",
  "gke-managed-networking-dra-driver",
  "gke-managed-parallelstorecsi",
  "gke-managed-system",
  "gke-managed-volumepopulator",
  "gke-mcs",
  "gmp-public",
  "gmp-system",
  "istio-system",
  "resource-group-system",
  "spark-operator",
];

/** The system namespace that a project of some name would share with a domain. */
function completedBy(domain: string): string | undefined {
  return systemNamespaces.find((namespace) => namespace.endsWith(`-${domain}`));
}

function domainProblem(domain: string, index: number): Problem | undefined {
  const namespace = completedBy(domain) ?? "";
  const project = namespace.slice(0, -domain.length - 1);
  return problemIf(
    namespace !== "",
    `flyte.domains[${index}]`,
    `must not be ${JSON.stringify(domain)}: whoever makes the Flyte project ${JSON.stringify(project)} would run tasks in the system's namespace ${namespace}`,
  );
}

function projectProblems({ queues }: Pick<Environment, "queues">): readonly (Problem | undefined)[] {
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

export const namespaceRules: readonly Rule[] = [
  rule(["queues"], projectProblems),
  rule(["flyte"], ({ flyte }) => flyte.domains.map(domainProblem)),
];
