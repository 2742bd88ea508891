import { queueMetrics } from "./queue-metrics";

export interface QueueScrapingProps {
  /** Name of the controller's release; also of the PodMonitoring, which makes it the `job` of the metrics. */
  readonly kueue: string;
  /** Namespace of the controller. */
  readonly namespace: string;
}

/**
 * What Managed Prometheus needs to read Kueue's metrics: they are served over https, to those who may get `/metrics`.
 * The token is made by the cluster; no value of it is in here.
 *
 * @see cloud.google.com/stackdriver/docs/managed-prometheus/setup-managed (2026-11)
 */
export function queueScraping({ kueue, namespace }: QueueScrapingProps): object[] {
  const reader = `${kueue}-metrics-scraper`;
  const token = `${reader}-token`;
  const rbac = { apiGroup: "rbac.authorization.k8s.io" };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: reader, namespace } },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: token, namespace, annotations: { "kubernetes.io/service-account.name": reader } },
      type: "kubernetes.io/service-account-token",
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: reader },
      // The role comes with Kueue's chart.
      roleRef: { ...rbac, kind: "ClusterRole", name: `${kueue}-metrics-reader` },
      subjects: [{ kind: "ServiceAccount", name: reader, namespace }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: { name: token, namespace },
      rules: [
        { apiGroups: [""], resources: ["secrets"], resourceNames: [token], verbs: ["get", "list", "watch"] },
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: token, namespace },
      roleRef: { ...rbac, kind: "Role", name: token },
      // The collector of GKE's managed collection; its namespace differs between GKE versions.
      subjects: ["gke-gmp-system", "gmp-system"].map((collectors) => ({
        kind: "ServiceAccount",
        name: "collector",
        namespace: collectors,
      })),
    },
    {
      apiVersion: "monitoring.googleapis.com/v1",
      kind: "PodMonitoring",
      metadata: { name: kueue, namespace },
      spec: {
        selector: {
          matchLabels: { "app.kubernetes.io/instance": kueue, "control-plane": "controller-manager" },
        },
        endpoints: [
          {
            // The container's name for 8443; "https" is the Service's.
            port: "metrics",
            scheme: "https",
            path: "/metrics",
            interval: "30s",
            // Kueue signs its certificate itself.
            tls: { insecureSkipVerify: true },
            authorization: { type: "Bearer", credentials: { secret: { name: token, key: "token" } } },
            metricRelabeling: [
              {
                action: "keep",
                sourceLabels: ["__name__"],
                regex: `(${queueMetrics.join("|")})(_bucket|_sum|_count)?`,
              },
            ],
          },
        ],
      },
    },
  ];
}
