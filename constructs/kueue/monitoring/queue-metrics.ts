/**
 * The metrics of Kueue 0.19 that the dashboard and the alerts read, and so the only ones that are collected:
 * Managed Prometheus is paid by the sample, and Kueue reports each queue's many times over.
 *
 * @see kueue.sigs.k8s.io/docs/reference/metrics (0.19)
 */
export const queueMetrics = [
  "kueue_admission_checks_wait_time_seconds",
  "kueue_admission_wait_time_seconds",
  "kueue_admitted_active_workloads",
  "kueue_admitted_until_ready_wait_time_seconds",
  "kueue_admitted_workloads_total",
  "kueue_cluster_queue_nominal_quota",
  "kueue_cluster_queue_resource_pending",
  "kueue_cluster_queue_resource_reservation",
  "kueue_cluster_queue_resource_usage",
  "kueue_cluster_queue_status",
  "kueue_evicted_workloads_total",
  "kueue_pending_workloads",
  "kueue_quota_reserved_workloads_total",
  "kueue_reserving_active_workloads",
] as const;

export type QueueMetric = (typeof queueMetrics)[number];

/** Whose metrics: one project may hold several clusters. */
export interface MonitoredKueue {
  /** Name of the GKE cluster. */
  readonly cluster: string;
  /** Namespace of the controller. */
  readonly namespace: string;
  /** Name of the controller's release, and of its PodMonitoring. */
  readonly kueue: string;
  /** Namespace of Flyte, whose engine tells of crashes. @default none: nothing is shown of them */
  readonly flyteNamespace?: string;
}

/** PromQL selectors of one cluster's Kueue. */
export class QueueSeries {
  private readonly cluster: string;

  constructor(private readonly monitored: MonitoredKueue) {
    this.cluster = `cluster="${monitored.cluster}"`;
  }

  /** A metric as the leading copy tells it: the others keep their own, older numbers. */
  of(metric: QueueMetric, ...matchers: readonly string[]): string {
    return this.select(metric, matchers);
  }

  /** The buckets of a histogram, summed up by what the reader tells apart: input of `histogram_quantile`. */
  buckets(metric: QueueMetric, by: string, range: string): string {
    return `sum by (le, ${by}) (rate(${this.select(`${metric}_bucket`, [])}[${range}]))`;
  }

  /** 1 for each copy of the controller that answers. */
  get up(): string {
    const { namespace, kueue } = this.monitored;
    return `up{${this.cluster}, namespace="${namespace}", job="${kueue}"}`;
  }

  private select(name: string, matchers: readonly string[]): string {
    return `${name}{${[this.cluster, 'replica_role!="follower"', ...matchers].join(", ")}}`;
  }
}
