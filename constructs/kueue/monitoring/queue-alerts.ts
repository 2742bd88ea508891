import { QueueSeries, type MonitoredKueue } from "./queue-metrics";

export interface QueueAlertsProps extends MonitoredKueue {
  /** Hours without any progress in a queue, while work waits in it, until somebody is told. */
  readonly waitingHours: number;
}

export interface QueueAlert {
  readonly displayName: string;
  readonly severity: "CRITICAL" | "ERROR" | "WARNING";
  /** PromQL. Each series in the result is an incident of its own. */
  readonly query: string;
  /** How long the query must hold. */
  readonly forSeconds: number;
  /** Markdown for whoever is on duty: what it means, what to look at, what to do. */
  readonly documentation: string;
}

const MINUTE = 60;
const HOUR = 3600;

/** What somebody must know of, by a stable key. */
export function queueAlerts(props: QueueAlertsProps): Readonly<Record<string, QueueAlert>> {
  const series = new QueueSeries(props);
  const rejected = series.of("kueue_evicted_workloads_total", 'reason="Deactivated"');
  const byCause = (of: string) => `sum by (cluster_queue, underlying_cause) (${of})`;
  const moved = (counter: "kueue_quota_reserved_workloads_total" | "kueue_admitted_workloads_total") =>
    `sum by (cluster_queue) (increase(${series.of(counter)}[10m])) > 0`;
  const perQueue = (gauge: "kueue_reserving_active_workloads" | "kueue_admitted_active_workloads") =>
    `max by (cluster_queue) (${series.of(gauge)})`;
  const alert = (title: string, rest: Omit<QueueAlert, "displayName">): QueueAlert => ({
    displayName: `${title} (${props.cluster})`,
    ...rest,
  });

  return {
    "kueue-unavailable": alert("Kueue does not answer", {
      severity: "CRITICAL",
      query: `(sum(${series.up}) or vector(0)) < 1`,
      forSeconds: 5 * MINUTE,
      documentation: unavailable(props),
    }),
    "queue-not-active": alert("GPU queue not active", {
      severity: "ERROR",
      query: `max by (cluster_queue, status) (${series.of("kueue_cluster_queue_status", 'status!="active"')}) == 1`,
      forSeconds: 10 * MINUTE,
      documentation: notActive(props),
    }),
    "work-rejected": alert("Work rejected by its queue", {
      severity: "WARNING",
      // A counter that appears with its first event has no increase yet.
      query: `${byCause(`increase(${rejected}[15m])`)} > 0 or (${byCause(rejected)} unless ${byCause(`${rejected} offset 15m`)}) > 0`,
      forSeconds: 0,
      documentation: workRejected,
    }),
    "queue-stands-still": alert(`Nothing admitted for ${props.waitingHours} hours`, {
      severity: "WARNING",
      query: `sum by (cluster_queue) (${series.of("kueue_pending_workloads")}) > 0 unless ${moved("kueue_quota_reserved_workloads_total")}`,
      forSeconds: props.waitingHours * HOUR,
      documentation: standsStill,
    }),
    "provisioning-unfinished": alert(`Provisioning unfinished for ${props.waitingHours} hours`, {
      severity: "WARNING",
      query: `(${perQueue("kueue_reserving_active_workloads")} - ${perQueue("kueue_admitted_active_workloads")}) > 0 unless ${moved("kueue_admitted_workloads_total")}`,
      forSeconds: props.waitingHours * HOUR,
      documentation: unfinished(props),
    }),
  };
}

const unavailable = ({
  namespace,
  kueue,
}: QueueAlertsProps) => `No copy of Kueue could be asked for 5 minutes.

**Meaning**: in the namespaces of the teams nothing can create or change a pod, because Kueue's webhook must agree. What runs goes on; Flyte tries again by itself, for a quarter of an hour at least.

1. \`kubectl -n ${namespace} get pods -l app.kubernetes.io/instance=${kueue}\`
2. CrashLoopBackOff: \`kubectl -n ${namespace} logs deployment/${kueue}-controller-manager --previous\`. "Unable to load the configuration" names the key that Kueue does not know: deploy the last version that worked.
3. Pending: \`kubectl -n ${namespace} describe pod\` says what keeps Autopilot from adding a node.
4. Pods are Ready: only the metrics cannot be read. \`kubectl -n ${namespace} describe podmonitoring ${kueue}\` shows the last error.`;

const notActive = ({ namespace, kueue }: QueueAlertsProps) => `The queue in \`cluster_queue\` admits nothing.

\`kubectl describe clusterqueue NAME\`: the condition Active says why.

- **AdmissionCheckInactive**, and \`kubectl describe admissioncheck\` says nothing of a missing configuration: Kueue started before the cluster served provisioning requests, and looks only once. \`kubectl -n ${namespace} rollout restart deployment/${kueue}-controller-manager\`
- **FlavorNotFound, AdmissionCheckNotFound**: a part was deleted by hand. Deploy the platform stack again.
- **Stopped**: \`stopPolicy\` holds it, on purpose. Take it out of the environment file when the work is done.
- **Terminating**: it is being deleted and waits for its last pods.`;

const workRejected = `Kueue gave work up and took its quota back. By \`underlying_cause\`:

- **AdmissionCheck**: either Google refused the request in every attempt, or the task still ran when its nodes reached the flavor's run limit (\`maxRunDuration\`).
- **MaximumExecutionTimeExceeded**: the task ran into its own limit.

Flyte asks again by itself, until its own retries are used up: after the run limit at once, after a refusal when the pod is gone (\`kueue.retainDeactivated\`). So one incident is news, many are a shortage, or tasks that are longer than their nodes live.

1. \`kubectl get workloads -A -o jsonpath='{range .items[?(@.spec.active==false)]}{.metadata.namespace}{" "}{.metadata.name}{"\\n"}{end}'\`, and \`kubectl describe workload\` of one: its condition Evicted holds Google's words. Its requests are gone by then. So is the Workload of a task that ran: its story is in Cloud Logging, by the link *Queue: why it waits* of the task.
2. "insufficient capacity", "in the allocated time": no capacity. Another zone or GPU, a longer \`validUntil\`, or a reservation.
3. A quota is named: raise the *preemptible* quota of the GPU, or \`active_resize_requests\` (100 per region).
4. "reclaimed and is no longer available": the run limit. A longer \`maxRunDuration\`, or checkpoints.`;

const standsStill = `In the queue in \`cluster_queue\` work is pending, and none of it got quota for hours.

1. \`kubectl describe clusterqueue NAME\`: is the quota used? Then this is a full queue. Longer tasks than usual, or too small a quota: the dashboard *GPU queues* shows who uses it.
2. Quota is free: \`kubectl get workloads -A\`, then \`kubectl describe workload\` of one that waits. Its condition QuotaReserved names each flavor and why it does not fit: a GPU count, a selector that no flavor has, a resource that the queue does not cover.
3. Many wait behind one that is larger than the quota will ever be: abort it in Flyte.`;

const unfinished = ({
  namespace,
  kueue,
}: QueueAlertsProps) => `Work in the queue in \`cluster_queue\` holds quota and waits for its nodes, and none of it got any for hours.

Waits of hours are normal for scarce GPUs. What is not:

1. \`kubectl get provisioningrequests -A\`: is there a request at all? If not, Kueue started before the cluster served them. \`kubectl -n ${namespace} rollout restart deployment/${kueue}-controller-manager\`
2. Accepted for days without a change: the autoscaler may have lost it. Delete the request: Kueue makes a new one at once, at the end of Google's line.
3. Provisioned is False with ResourcePoolExhausted: a shortage, wait. With QuotaExceeded: raise the *preemptible* quota of the GPU, or \`active_resize_requests\` (100 per region).
4. It fails again and again: quota stays held between the attempts. \`validUntil\` and \`retry\` of the flavor bound how long.`;
