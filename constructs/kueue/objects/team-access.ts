import type { Manifest } from "../../kubernetes/manifest";

/** Role and binding of a team's people, in each of its namespaces. */
export const TEAM_ACCESS = "team";

const look = ["get", "list", "watch"];

/**
 * What a team's people may do in a namespace of its own, and all they may: look at what their tasks do and why they
 * wait, and give their tasks secrets. Work comes in through Flyte alone, so nobody here makes or changes a pod, or
 * starts a process in one. Kubernetes' own `edit` would undo the network policies, the queues and the images' policy.
 *
 * Secrets are written and never read: no `get`, `list` or `watch`, and no `patch` either, whose answer is the whole
 * Secret; an `update` is answered with what was sent. Nor `delete`: with `propagationPolicy=Foreground` it is answered
 * with the Secret, and with `dryRun=All` it stays. An empty value is as good.
 */
const rules: readonly object[] = [
  { apiGroups: [""], resources: ["pods", "pods/log", "events"], verbs: look },
  { apiGroups: ["events.k8s.io"], resources: ["events"], verbs: look },
  { apiGroups: ["kueue.x-k8s.io"], resources: ["localqueues", "workloads"], verbs: look },
  // The place of each waiting workload in the team's queue, by Kueue's own API server.
  { apiGroups: ["visibility.kueue.x-k8s.io"], resources: ["localqueues/pendingworkloads"], verbs: ["get"] },
  { apiGroups: [""], resources: ["secrets"], verbs: ["create", "update"] },
];

/** Kinds of object, by their plural names. */
export interface LookedAt {
  readonly apiGroup: string;
  readonly resources: readonly string[];
}

/**
 * @param kinds What their tasks become beside pods: jobs of operators, which say why they have none yet.
 * @param group Address of a Google group, which GKE looks up among the members of the cluster's security group. */
export function teamAccess(
  namespace: string,
  group: string,
  kinds: readonly LookedAt[] = [],
): readonly Manifest[] {
  const jobs = kinds.map(({ apiGroup, resources }) => ({ apiGroups: [apiGroup], resources, verbs: look }));
  const metadata = { name: TEAM_ACCESS, namespace };
  return [
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata, rules: [...rules, ...jobs] },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: TEAM_ACCESS },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group }],
    },
  ];
}
