import { queueDashboard } from "../../../../constructs/kueue/monitoring/queue-dashboard";
import { queueMetrics } from "../../../../constructs/kueue/monitoring/queue-metrics";

const monitored = { cluster: "flyte-prod", namespace: "kueue-system", kueue: "kueue" };
const dashboard = queueDashboard({ ...monitored, flyteNamespace: "flyte" });
const tiles = dashboard.mosaicLayout.tiles;
const queries = tiles.flatMap(({ widget }) =>
  "xyChart" in widget ? [widget.xyChart.dataSets[0]!.timeSeriesQuery.prometheusQuery] : [],
);

describe("the dashboard", () => {
  test("is called GPU queues, and of which cluster", () => {
    expect(dashboard.displayName).toBe("GPU queues (flyte-prod)");
  });

  test("shows waits, quotas, evictions and failures", () => {
    expect(tiles.map(({ widget }) => widget.title)).toEqual([
      "Pending: no quota yet, by queue (inadmissible: cannot fit until something changes)",
      "Waiting for capacity: quota reserved, provisioning not finished, by queue",
      "Wait until admission, slowest 5 %, by priority",
      "Wait until admission, slowest 5 %, by queue",
      "Provisioning wait (DWS), slowest 5 %, by queue",
      "Node wait after admission (flex-start, spot, on-demand), slowest 5 %, by queue",
      "GPUs in use, by queue and flavor",
      "GPUs held and not in use yet: their nodes are on the way (DWS), by queue and flavor",
      "GPUs asked for and pending, by queue",
      "GPU quota taken, by flavor: in use or held",
      "GPUs borrowed, by queue and flavor",
      "Evictions in the last hour, by reason",
      "DWS failures in the last hour: requests that failed and were tried again, or given up (Deactivated)",
      "Queues that are not active",
      "Copies of Kueue that answer",
      "Crashes that Flyte repeats as the system's failures, by execution and node (doctor counts them)",
    ]);
  });

  test("shows the lines of Flyte's engine of this cluster that tell of a crash; without Flyte, none", () => {
    expect(tiles.at(-1)!.widget).toMatchObject({
      logsPanel: {
        filter:
          'resource.type="k8s_container"\nresource.labels.cluster_name="flyte-prod"\nresource.labels.namespace_name="flyte"\njsonPayload.msg=~"^Pod failed with a system error"',
      },
    });
    expect(queueDashboard(monitored).mosaicLayout.tiles).toHaveLength(tiles.length - 1);
  });

  test("covers the grid: two charts in a row, no overlap, no gap", () => {
    expect(dashboard.mosaicLayout.columns).toBe(48);
    tiles.forEach(({ xPos, yPos, width, height }, index) =>
      expect([xPos, yPos, width, height]).toEqual([index % 2 ? 24 : 0, Math.floor(index / 2) * 16, 24, 16]),
    );
  });

  test("reads its own cluster only, and the leading copy only", () => {
    for (const query of queries) {
      const selectors = query.match(/\w+\{[^}]*\}/g)!;
      for (const selector of selectors) {
        expect(selector).toContain('cluster="flyte-prod"');
        if (!selector.startsWith("up{")) expect(selector).toContain('replica_role!="follower"');
      }
    }
  });

  describe("counts what waits for its nodes as taken, as Kueue does", () => {
    const of = (gauge: string) =>
      `max by (cluster_queue, flavor) (kueue_cluster_queue_${gauge}{cluster="flyte-prod", replica_role!="follower", resource="nvidia.com/gpu"})`;
    const [used, taken, quota] = [of("resource_usage"), of("resource_reservation"), of("nominal_quota")];

    test.each([
      ["GPUs in use, by queue and flavor", used],
      [
        "GPUs held and not in use yet: their nodes are on the way (DWS), by queue and flavor",
        `${taken} - ${used}`,
      ],
      [
        "GPU quota taken, by flavor: in use or held",
        `sum by (flavor) (${taken}) / sum by (flavor) (${quota})`,
      ],
      ["GPUs borrowed, by queue and flavor", `clamp_min(${taken} - ${quota}, 0)`],
    ])("%s", (title, query) => {
      expect(queries[tiles.findIndex(({ widget }) => widget.title === title)]).toBe(query);
    });
  });

  test("asks for no metric that is not collected, and nothing is collected in vain", () => {
    const asked = new Set(
      queries.flatMap((query) => query.match(/kueue_\w+/g) ?? []).map((name) => name.replace(/_bucket$/, "")),
    );
    for (const metric of asked) expect(queueMetrics).toContain(metric);
    const onlyInAlerts = ["kueue_admitted_workloads_total", "kueue_quota_reserved_workloads_total"];
    expect(queueMetrics.filter((metric) => !asked.has(metric))).toEqual(onlyInAlerts);
  });
});
