import { QueueSeries, type MonitoredKueue, type QueueMetric } from "./queue-metrics";

interface Chart {
  readonly title: string;
  readonly query: string;
  /** Unit of the values, in UCUM: "s", "h", "1". */
  readonly unit: string;
  readonly stacked?: boolean;
}

const GPU = 'resource="nvidia.com/gpu"';

/** Kueue tells how many wait by queue, and how long work of a priority waited: never how many of a priority wait. */
function charts(monitored: MonitoredKueue): readonly Chart[] {
  const series = new QueueSeries(monitored);
  const perFlavor = (gauge: QueueMetric) => `max by (cluster_queue, flavor) (${series.of(gauge, GPU)})`;
  const used = perFlavor("kueue_cluster_queue_resource_usage");
  // Kueue's "usage" leaves out work that has quota and waits for its nodes; what is left for others is quota less this.
  const taken = perFlavor("kueue_cluster_queue_resource_reservation");
  const quota = perFlavor("kueue_cluster_queue_nominal_quota");
  const evicted = (...matchers: string[]) => series.of("kueue_evicted_workloads_total", ...matchers);
  const slowest = (buckets: string) => `histogram_quantile(0.95, ${buckets})`;
  return [
    {
      title: "Pending: no quota yet, by queue (inadmissible: cannot fit until something changes)",
      query: `max by (cluster_queue, status) (${series.of("kueue_pending_workloads")})`,
      unit: "1",
      stacked: true,
    },
    {
      title: "Waiting for capacity: quota reserved, provisioning not finished, by queue",
      query: `max by (cluster_queue) (${series.of("kueue_reserving_active_workloads")}) - max by (cluster_queue) (${series.of("kueue_admitted_active_workloads")})`,
      unit: "1",
      stacked: true,
    },
    {
      title: "Wait until admission, slowest 5 %, by priority",
      query: slowest(series.buckets("kueue_admission_wait_time_seconds", "priority_class", "1h")),
      unit: "s",
    },
    {
      title: "Wait until admission, slowest 5 %, by queue",
      query: slowest(series.buckets("kueue_admission_wait_time_seconds", "cluster_queue", "1h")),
      unit: "s",
    },
    {
      title: "Provisioning wait (DWS), slowest 5 %, by queue",
      query: slowest(series.buckets("kueue_admission_checks_wait_time_seconds", "cluster_queue", "1h")),
      unit: "s",
    },
    {
      title: "Node wait after admission (flex-start, spot, on-demand), slowest 5 %, by queue",
      query: slowest(series.buckets("kueue_admitted_until_ready_wait_time_seconds", "cluster_queue", "1h")),
      unit: "s",
    },
    {
      title: "GPUs in use, by queue and flavor",
      query: used,
      unit: "1",
      stacked: true,
    },
    {
      title: "GPUs held and not in use yet: their nodes are on the way (DWS), by queue and flavor",
      query: `${taken} - ${used}`,
      unit: "1",
      stacked: true,
    },
    {
      title: "GPUs asked for and pending, by queue",
      query: `max by (cluster_queue) (${series.of("kueue_cluster_queue_resource_pending", GPU)})`,
      unit: "1",
      stacked: true,
    },
    {
      title: "GPU quota taken, by flavor: in use or held",
      query: `sum by (flavor) (${taken}) / sum by (flavor) (${quota})`,
      unit: "10^2.%",
    },
    {
      title: "GPUs borrowed, by queue and flavor",
      query: `clamp_min(${taken} - ${quota}, 0)`,
      unit: "1",
      stacked: true,
    },
    {
      title: "Evictions in the last hour, by reason",
      query: `sum by (reason, underlying_cause) (increase(${evicted()}[1h]))`,
      unit: "1",
      stacked: true,
    },
    {
      title:
        "DWS failures in the last hour: requests that failed and were tried again, or given up (Deactivated)",
      query: `sum by (cluster_queue, reason) (increase(${evicted('reason="AdmissionCheck"')}[1h]) or increase(${evicted('reason="Deactivated"', 'underlying_cause="AdmissionCheck"')}[1h]))`,
      unit: "1",
      stacked: true,
    },
    {
      title: "Queues that are not active",
      query: `max by (cluster_queue, status) (${series.of("kueue_cluster_queue_status", 'status!="active"')} == 1)`,
      unit: "1",
    },
    { title: "Copies of Kueue that answer", query: `sum(${series.up})`, unit: "1" },
  ];
}

const COLUMNS = 2;
const WIDTH = 24;
const HEIGHT = 16;

/**
 * The dashboard "GPU queues" of one cluster.
 *
 * @see cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards (2026-11)
 */
export function queueDashboard(monitored: MonitoredKueue) {
  const widgets = [...charts(monitored).map(chart), ...crashes(monitored)];
  return {
    displayName: `GPU queues (${monitored.cluster})`,
    mosaicLayout: {
      columns: COLUMNS * WIDTH,
      tiles: widgets.map((widget, index) => ({
        xPos: (index % COLUMNS) * WIDTH,
        yPos: Math.floor(index / COLUMNS) * HEIGHT,
        width: WIDTH,
        height: HEIGHT,
        widget,
      })),
    },
  };
}

/**
 * What Flyte's engine says when a pod ended by itself and it takes that for the system's failure: lines of a crash, with the
 * execution (`json.exec_id`) and the node (`json.node`), once for each attempt. Pods that were deleted are not among them.
 */
function crashes({ cluster, flyteNamespace }: MonitoredKueue) {
  if (flyteNamespace === undefined) return [];
  const filter = [
    'resource.type="k8s_container"',
    `resource.labels.cluster_name="${cluster}"`,
    `resource.labels.namespace_name="${flyteNamespace}"`,
    'jsonPayload.msg=~"^Pod failed with a system error"',
  ];
  return [
    {
      title:
        "Crashes that Flyte repeats as the system's failures, by execution and node (doctor counts them)",
      logsPanel: { filter: filter.join("\n") },
    },
  ];
}

function chart({ title, query, unit, stacked = false }: Chart) {
  return {
    title,
    xyChart: {
      dataSets: [
        {
          timeSeriesQuery: { prometheusQuery: query, unitOverride: unit },
          plotType: stacked ? "STACKED_AREA" : "LINE",
          targetAxis: "Y1",
        },
      ],
      yAxis: { scale: "LINEAR" },
    },
  };
}
