import type { Manifest } from "../../kubernetes/manifest";
import type { AddOnRelease } from "../add-on";
import { amountsOf } from "../seen";

export const NAMESPACE = "kuberay-operator";
/** The chart's name for its Deployment and its service account. */
export const OPERATOR = "kuberay-operator";
const RIGHTS = "ray-operator-rights";

export const operatorAmounts = { cpu: 0.25, memoryGib: 1 };

/** Port of Ray's dashboard, where the operator asks how a job is. It runs whatever it is sent. */
const DASHBOARD_PORT = 8265;

/** What the chart puts on its pods. */
const POD_LABELS = { "app.kubernetes.io/name": OPERATOR };

/** @see github.com/ray-project/kuberay/tree/v1.6.2/helm-chart/kuberay-operator */
export function operatorChart(tenants: readonly string[]): AddOnRelease {
  return {
    name: "ray-operator",
    namespace: NAMESPACE,
    // The newest that both Flyte v1.16.8 and Kueue 0.19.2 know.
    chart: {
      repository: "https://ray-project.github.io/kuberay-helm/",
      name: "kuberay-operator",
      version: "1.6.2",
      values: operatorValues(tenants),
    },
    after: [RIGHTS],
  };
}

function operatorValues(tenants: readonly string[]) {
  return {
    // Elsewhere it would look into every namespace, for which it would have to read every Secret.
    watchNamespace: [...tenants],
    // Its own would be rights in the whole cluster.
    rbacEnable: false,
    // One pod, and the chart never runs two at a time.
    leaderElectionEnabled: false,
    resources: amountsOf(operatorAmounts),
  };
}

const RBAC = "rbac.authorization.k8s.io";

/**
 * What the operator may do, in each namespace of tasks and nowhere else. Upstream's role has Roles, RoleBindings and
 * service accounts too: those of Ray's autoscaler, which is off.
 */
const rules = [
  { apiGroups: ["ray.io"], resources: ["rayclusters"], verbs: ["create", "delete"] },
  {
    apiGroups: ["ray.io"],
    resources: ["rayclusters", "rayjobs", "rayservices"],
    verbs: ["get", "list", "patch", "update", "watch"],
  },
  {
    apiGroups: ["ray.io"],
    resources: ["rayclusters", "rayjobs"].flatMap((kind) => [`${kind}/status`, `${kind}/finalizers`]),
    verbs: ["get", "patch", "update"],
  },
  {
    apiGroups: [""],
    resources: ["pods", "services"],
    verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  },
  // It looks for those that it makes where a cluster asks for a password; Flyte's never does.
  { apiGroups: [""], resources: ["secrets"], verbs: ["list", "watch"] },
  { apiGroups: ["", "events.k8s.io"], resources: ["events"], verbs: ["create", "patch"] },
  {
    apiGroups: ["batch"],
    resources: ["jobs"],
    verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
  },
];

export const operatorRights = {
  name: RIGHTS,
  namespace: NAMESPACE,
  manifests: [
    { apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name: `${OPERATOR}-tasks` }, rules },
  ] satisfies Manifest[],
};

/** Lets the operator work in a namespace of tasks, and ask the heads of its clusters how their jobs are. */
export function operatorInTenant(tenant: string): Manifest[] {
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: "RoleBinding",
      metadata: { name: OPERATOR, namespace: tenant },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: `${OPERATOR}-tasks` },
      subjects: [{ kind: "ServiceAccount", name: OPERATOR, namespace: NAMESPACE }],
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "ray-operator", namespace: tenant },
      spec: {
        podSelector: { matchLabels: { "ray.io/node-type": "head" } },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": NAMESPACE } },
                podSelector: { matchLabels: POD_LABELS },
              },
            ],
            ports: [{ protocol: "TCP", port: DASHBOARD_PORT }],
          },
        ],
      },
    },
  ];
}
