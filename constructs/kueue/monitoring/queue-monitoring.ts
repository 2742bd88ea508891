import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { MonitoringDashboard } from "@cdktf/provider-google/lib/monitoring-dashboard";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../../kubernetes/manifest-release";
import { escapeLiterals } from "../../kubernetes/release-defaults";
import { check, type Rule } from "../../rules";
import { queueAlerts, type QueueAlert } from "./queue-alerts";
import { queueDashboard } from "./queue-dashboard";
import type { MonitoredKueue } from "./queue-metrics";
import { queueScraping } from "./queue-scraping";

export interface QueueMonitoringProps extends MonitoredKueue {
  readonly project: string;

  /** Name of the Helm release that makes the metrics readable. */
  readonly name: string;

  /** Path of the chart: `ManifestChart.path`. */
  readonly chart: string;

  /**
   * Who is told. An alert without a channel opens an incident that nobody hears of.
   *
   * Shape: `projects/<project>/notificationChannels/<number>`.
   * @default - nobody: incidents show in the console only
   */
  readonly notificationChannels?: readonly string[];

  /**
   * How long a queue may stand still, while work waits in it, before somebody is told.
   *
   * Shape: hours, 1 to 24 (the longest that Cloud Monitoring waits).
   * @default 12
   * @see cloud.google.com/monitoring/alerts/using-promql (2026-11)
   */
  readonly waitingHours?: number;

  /**
   * Labels of the alert policies.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * What must be there first: the controller.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

const queueMonitoringRules: readonly Rule<QueueMonitoringProps>[] = [
  ({ waitingHours = 12 }) =>
    Number.isInteger(waitingHours) && waitingHours >= 1 && waitingHours <= 24
      ? undefined
      : `waitingHours must be a whole number from 1 to 24, got ${waitingHours}`,
  ({ notificationChannels = [] }) => {
    const wrong = notificationChannels.filter(
      (id) => !/^projects\/[^/]+\/notificationChannels\/\d+$/.test(id),
    );
    return wrong.length > 0
      ? `notificationChannels must be of the form projects/<project>/notificationChannels/<number>, got ${wrong.map((id) => JSON.stringify(id)).join(", ")}`
      : undefined;
  },
];

/** Seeing why work waits: Kueue's metrics in Managed Prometheus, the dashboard "GPU queues", and the alerts. */
export class QueueMonitoring extends Construct {
  constructor(scope: Construct, id: string, props: QueueMonitoringProps) {
    super(scope, id);
    check(this, props, queueMonitoringRules);
    // PodMonitoring is GKE's own: a release apart, so that queues install wherever Kueue is.
    new ManifestRelease(this, "scraping", {
      name: props.name,
      namespace: props.namespace,
      chart: props.chart,
      manifests: queueScraping(props),
      dependsOn: props.dependsOn,
    });
    new MonitoringDashboard(this, "dashboard", {
      project: props.project,
      dashboardJson: escapeLiterals(queueDashboard(props)),
    });
    const alerts = queueAlerts({ ...props, waitingHours: props.waitingHours ?? 12 });
    for (const [key, alert] of Object.entries(alerts))
      new MonitoringAlertPolicy(this, key, policy(props, alert));
  }
}

function policy({ project, labels, notificationChannels }: QueueMonitoringProps, alert: QueueAlert) {
  const { displayName, severity, query, forSeconds, documentation } = alert;
  return {
    project,
    displayName,
    severity,
    combiner: "OR",
    conditions: [
      {
        displayName,
        conditionPrometheusQueryLanguage: {
          query,
          duration: `${forSeconds}s`,
          evaluationInterval: "60s",
          // A new project has not seen these metrics yet and would refuse to be asked for them.
          disableMetricValidation: true,
        },
      },
    ],
    // Else an incident stays open for a week after its series is gone.
    alertStrategy: { autoClose: "3600s" },
    documentation: { content: documentation, mimeType: "text/markdown", subject: displayName },
    notificationChannels: notificationChannels?.slice(),
    userLabels: labels,
  };
}
