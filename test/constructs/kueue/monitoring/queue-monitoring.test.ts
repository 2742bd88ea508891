import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { App, TerraformStack } from "cdktf";
import { queueAlerts } from "../../../../constructs/kueue/monitoring/queue-alerts";
import { queueDashboard } from "../../../../constructs/kueue/monitoring/queue-dashboard";
import {
  QueueMonitoring,
  type QueueMonitoringProps,
} from "../../../../constructs/kueue/monitoring/queue-monitoring";
import { queueScraping } from "../../../../constructs/kueue/monitoring/queue-scraping";
import { onlyResource, resources, synthStack } from "../../../support/synth";

const monitored = { cluster: "flyte-prod", namespace: "kueue-system", kueue: "kueue" };
const props: QueueMonitoringProps = {
  ...monitored,
  project: "acme-ml",
  name: "kueue-monitoring",
  chart: "assets/manifest-chart/1.0.0-0",
};
const channel = "projects/acme-ml/notificationChannels/123";
const monitoring = (change: Partial<QueueMonitoringProps> = {}) =>
  synthStack((stack) => {
    new GoogleProvider(stack, "google");
    new HelmProvider(stack, "helm");
    new QueueMonitoring(stack, "monitoring", { ...props, ...change });
  });

describe("monitoring of the queues", () => {
  const json = monitoring({ notificationChannels: [channel], labels: { environment: "prod" } });
  const policies = resources(json, "google_monitoring_alert_policy");

  test("reads Kueue's metrics by a release of its own", () => {
    const release = onlyResource(json, "helm_release");
    expect(release).toMatchObject({ name: "kueue-monitoring", namespace: "kueue-system", atomic: true });
    expect(JSON.parse(release["values"][0])).toEqual({ manifests: queueScraping(monitored) });
  });

  test("shows them on a dashboard", () => {
    const dashboard = onlyResource(json, "google_monitoring_dashboard");
    expect(dashboard["project"]).toBe("acme-ml");
    expect(JSON.parse(dashboard["dashboard_json"])).toEqual(queueDashboard(monitored));
  });

  test("makes a policy of each alert, under an address that its key gives", () => {
    const alerts = queueAlerts({ ...monitored, waitingHours: 12 });
    expect(Object.keys(policies).map((id) => id.replace(/^monitoring_|_[0-9A-F]{8}$/g, ""))).toEqual(
      Object.keys(alerts).sort(),
    );
    const policy = Object.values(policies).find(({ severity }) => severity === "CRITICAL");
    expect(policy).toEqual({
      project: "acme-ml",
      display_name: "Kueue does not answer (flyte-prod)",
      severity: "CRITICAL",
      combiner: "OR",
      conditions: [
        {
          display_name: "Kueue does not answer (flyte-prod)",
          condition_prometheus_query_language: {
            query: alerts["kueue-unavailable"]!.query,
            duration: "300s",
            evaluation_interval: "60s",
            disable_metric_validation: true,
          },
        },
      ],
      alert_strategy: { auto_close: "3600s" },
      documentation: {
        content: alerts["kueue-unavailable"]!.documentation,
        mime_type: "text/markdown",
        subject: "Kueue does not answer (flyte-prod)",
      },
      notification_channels: [channel],
      user_labels: { environment: "prod" },
    });
  });

  test("waits as many hours as told", () => {
    const durations = (waitingHours?: number) =>
      Object.values(resources(monitoring({ waitingHours }), "google_monitoring_alert_policy"))
        .map(({ conditions }) => conditions[0].condition_prometheus_query_language.duration)
        .sort();
    expect(durations()).toEqual(["0s", "300s", "43200s", "43200s", "600s"]);
    expect(durations(24)).toEqual(["0s", "300s", "600s", "86400s", "86400s"]);
  });
});

describe("props of the monitoring", () => {
  const create = (change: Partial<QueueMonitoringProps>) => () =>
    new QueueMonitoring(new TerraformStack(new App(), "test"), "monitoring", { ...props, ...change });

  test.each([1, 24])("accepts %d hours", (waitingHours) => {
    expect(create({ waitingHours })).not.toThrow();
  });

  test.each([0, 25, 1.5])("fails on %d hours", (waitingHours) => {
    expect(create({ waitingHours })).toThrow(
      `test/monitoring has 1 problem:\n- waitingHours must be a whole number from 1 to 24, got ${waitingHours}`,
    );
  });

  test("fails on channels that are no resource names, naming each", () => {
    expect(create({ notificationChannels: [channel, "ops@acme.example", "123"] })).toThrow(
      'test/monitoring has 1 problem:\n- notificationChannels must be of the form projects/<project>/notificationChannels/<number>, got "ops@acme.example", "123"',
    );
  });
});
