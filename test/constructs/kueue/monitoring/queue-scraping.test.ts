import { queueScraping } from "../../../../constructs/kueue/monitoring/queue-scraping";

const manifests = queueScraping({ kueue: "kueue", namespace: "kueue-system" });
const ofKind = (kind: string) => manifests.find((manifest) => (manifest as { kind: string }).kind === kind);

describe("reading Kueue's metrics", () => {
  test("goes over https to the container's port, with a token", () => {
    expect(ofKind("PodMonitoring")).toMatchObject({
      apiVersion: "monitoring.googleapis.com/v1",
      metadata: { name: "kueue", namespace: "kueue-system" },
      spec: {
        selector: {
          matchLabels: { "app.kubernetes.io/instance": "kueue", "control-plane": "controller-manager" },
        },
        endpoints: [
          {
            port: "metrics",
            scheme: "https",
            path: "/metrics",
            interval: "30s",
            tls: { insecureSkipVerify: true },
            authorization: {
              type: "Bearer",
              credentials: { secret: { name: "kueue-metrics-scraper-token", key: "token" } },
            },
          },
        ],
      },
    });
  });

  test("collects what is looked at, histograms with their parts, and nothing else", () => {
    const { spec } = ofKind("PodMonitoring") as {
      spec: {
        endpoints: { metricRelabeling: { action: string; sourceLabels: string[]; regex: string }[] }[];
      };
    };
    const [rule] = spec.endpoints[0]!.metricRelabeling;
    expect(rule).toMatchObject({ action: "keep", sourceLabels: ["__name__"] });
    const kept = new RegExp(`^(?:${rule!.regex})$`);
    expect("kueue_pending_workloads").toMatch(kept);
    expect("kueue_admission_wait_time_seconds_bucket").toMatch(kept);
    expect("kueue_local_queue_pending_workloads").not.toMatch(kept);
    expect("go_goroutines").not.toMatch(kept);
  });

  test("the token is made by the cluster for an account that may read metrics only", () => {
    expect(ofKind("Secret")).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "kueue-metrics-scraper-token",
        namespace: "kueue-system",
        annotations: { "kubernetes.io/service-account.name": "kueue-metrics-scraper" },
      },
      type: "kubernetes.io/service-account-token",
    });
    expect(ofKind("ClusterRoleBinding")).toMatchObject({
      roleRef: { kind: "ClusterRole", name: "kueue-metrics-reader" },
      subjects: [{ kind: "ServiceAccount", name: "kueue-metrics-scraper", namespace: "kueue-system" }],
    });
  });

  test("Google's collector may read this one Secret", () => {
    const { rules } = ofKind("Role") as { rules: object[] };
    expect(rules).toEqual([
      {
        apiGroups: [""],
        resources: ["secrets"],
        resourceNames: ["kueue-metrics-scraper-token"],
        verbs: ["get", "list", "watch"],
      },
    ]);
    expect(ofKind("RoleBinding")).toMatchObject({
      roleRef: { kind: "Role", name: "kueue-metrics-scraper-token" },
      subjects: [
        { kind: "ServiceAccount", name: "collector", namespace: "gke-gmp-system" },
        { kind: "ServiceAccount", name: "collector", namespace: "gmp-system" },
      ],
    });
  });
});
