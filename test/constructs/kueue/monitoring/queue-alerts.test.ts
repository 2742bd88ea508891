import { queueAlerts } from "../../../../constructs/kueue/monitoring/queue-alerts";
import { queueMetrics } from "../../../../constructs/kueue/monitoring/queue-metrics";

const alerts = queueAlerts({
  cluster: "flyte-prod",
  namespace: "kueue-system",
  kueue: "kueue",
  waitingHours: 6,
});

describe("alerts on the queues", () => {
  test("tell apart what cannot wait from what can", () => {
    expect(
      Object.entries(alerts).map(([key, { displayName, severity, forSeconds }]) => [
        key,
        displayName,
        severity,
        forSeconds,
      ]),
    ).toEqual([
      ["kueue-unavailable", "Kueue does not answer (flyte-prod)", "CRITICAL", 300],
      ["queue-not-active", "GPU queue not active (flyte-prod)", "ERROR", 600],
      ["work-rejected", "Work rejected by its queue (flyte-prod)", "WARNING", 0],
      ["queue-stands-still", "Nothing admitted for 6 hours (flyte-prod)", "WARNING", 21600],
      ["provisioning-unfinished", "Provisioning unfinished for 6 hours (flyte-prod)", "WARNING", 21600],
    ]);
  });

  test("Kueue counts as away when no copy answers, and when nobody knows", () => {
    expect(alerts["kueue-unavailable"]!.query).toBe(
      '(sum(up{cluster="flyte-prod", namespace="kueue-system", job="kueue"}) or vector(0)) < 1',
    );
  });

  test("a queue is reported in every state but active", () => {
    expect(alerts["queue-not-active"]!.query).toBe(
      'max by (cluster_queue, status) (kueue_cluster_queue_status{cluster="flyte-prod", replica_role!="follower", status!="active"}) == 1',
    );
  });

  test("a rejection is reported even when it is the first of its kind, which a counter does not show as increase", () => {
    const rejected =
      'kueue_evicted_workloads_total{cluster="flyte-prod", replica_role!="follower", reason="Deactivated"}';
    const byCause = (of: string) => `sum by (cluster_queue, underlying_cause) (${of})`;
    expect(alerts["work-rejected"]!.query).toBe(
      `${byCause(`increase(${rejected}[15m])`)} > 0 or (${byCause(rejected)} unless ${byCause(`${rejected} offset 15m`)}) > 0`,
    );
  });

  test("a queue stands still when work is pending and none of it gets quota", () => {
    const labels = '{cluster="flyte-prod", replica_role!="follower"}';
    expect(alerts["queue-stands-still"]!.query).toBe(
      `sum by (cluster_queue) (kueue_pending_workloads${labels}) > 0 unless sum by (cluster_queue) (increase(kueue_quota_reserved_workloads_total${labels}[10m])) > 0`,
    );
  });

  test("provisioning is unfinished when work holds quota and none of it is admitted", () => {
    const labels = '{cluster="flyte-prod", replica_role!="follower"}';
    expect(alerts["provisioning-unfinished"]!.query).toBe(
      `(max by (cluster_queue) (kueue_reserving_active_workloads${labels}) - max by (cluster_queue) (kueue_admitted_active_workloads${labels})) > 0 unless sum by (cluster_queue) (increase(kueue_admitted_workloads_total${labels}[10m])) > 0`,
    );
  });

  test.each(Object.entries(alerts))(
    "%s tells whoever is on duty what to run, below Google's limit",
    (_, alert) => {
      expect(alert.documentation).toMatch(/`kubectl /);
      expect(alert.documentation).toMatch(/^1\. |^- /m);
      expect(Buffer.byteLength(alert.documentation)).toBeLessThan(8192);
    },
  );

  test("the restart that activates a check is named where it helps", () => {
    const restart = "kubectl -n kueue-system rollout restart deployment/kueue-controller-manager";
    expect(alerts["queue-not-active"]!.documentation).toContain(restart);
    expect(alerts["provisioning-unfinished"]!.documentation).toContain(restart);
  });

  test("a rejection is looked for where it still is, and the run limit is no shortage", () => {
    const { documentation } = alerts["work-rejected"]!;
    expect(documentation).toContain("(`maxRunDuration`)");
    expect(documentation).toContain("kubectl describe workload");
    // Kueue deletes the requests of evicted work.
    expect(documentation).not.toContain("provisioningrequests");
    expect(documentation).toContain(`{" "}{.metadata.name}{"\\n"}{end}'`);
  });

  test("ask for no metric that is not collected", () => {
    for (const { query } of Object.values(alerts))
      for (const [metric] of query.matchAll(/kueue_\w+/g)) expect(queueMetrics).toContain(metric);
  });
});
