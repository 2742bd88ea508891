import type { Values } from "../values";
import type { FlyteKind } from "./plugins";

/** Where Flyte puts a task's own facts into a link. It knows the pod's name from the moment the pod exists. */
const FLYTE_VARIABLE = /(\{\{ \.\w+ \}\})/;

/**
 * Link to the story of a waiting task in Cloud Logging: the events of its pod, of the pod's Workload in Kueue and of
 * the Workload's ProvisioningRequest, which say what the task waits for. Flyte itself shows none but the pod's.
 *
 * Kueue names the Workload `pod-<pod>-<5 hex digits>`, and the request after the Workload. The hash keeps the pods
 * that a dynamic task makes, whose names begin like its own, out of it. Where a task becomes a job of one of the `kinds`, the
 * pods of the job have no Workloads: the job has one, under the job's name, and events of its own. Of a Ray task Flyte
 * knows no pod's name, and leaves that variable as it is, which no name matches.
 */
export function waitingLink(project: string, kinds: readonly FlyteKind[]): string {
  const jobs = kinds.flatMap(({ resources }) => resources.map(jobsWorkload));
  const pods = ["^{{ .podName }}$", "^pod-{{ .podName }}-[0-9a-f]{5}"];
  return eventsLink(project, [...pods, ...jobs, ...(jobs.length > 0 ? [JOB] : [])]);
}

/** Link to the events of objects whose names match one of the expressions. */
export function eventsLink(project: string, names: readonly string[]): string {
  return logsLink(project, [
    `logName="projects/${project}/logs/events"`,
    `jsonPayload.involvedObject.namespace="{{ .namespace }}"`,
    `jsonPayload.involvedObject.name=~"${names.join("|")}"`,
    SINCE_POD_WAS_MADE,
  ]);
}

/** The name of a job is the one that Flyte generates for the task. */
const JOB = "^{{ .generatedName }}$";

/** Kueue begins a Workload's name with the kind of its job, in small letters: of `pytorchjobs` it is `pytorchjob`. */
function jobsWorkload(plural: string): string {
  return `^${plural.replace(/s$/, "")}-{{ .generatedName }}-[0-9a-f]{5}`;
}

/** Link to what a task's container printed. */
export function containerLink(project: string, container = "{{ .containerName }}"): string {
  return logsLink(project, [
    `resource.type="k8s_container"`,
    `resource.labels.namespace_name="{{ .namespace }}"`,
    `resource.labels.pod_name="{{ .podName }}"`,
    `resource.labels.container_name="${container}"`,
    SINCE_POD_WAS_MADE,
  ]);
}

/**
 * The links that a task has in the console.
 *
 * Both are templates of our own: the chart's Stackdriver setting prints its link without quotes, and cannot show it
 * while the task is queued. These pass no `tpl`, so their `{{ }}` stay as they are.
 */
export function logLinks(project: string, kinds: readonly FlyteKind[]): readonly Values[] {
  return [
    { displayName: "Cloud Logging", templateUris: [containerLink(project)] },
    ...queueLinks(project, kinds),
  ];
}

/** Those of a task of which Flyte knows no pod. */
export function queueLinks(project: string, kinds: readonly FlyteKind[]): readonly Values[] {
  return [
    {
      displayName: "Queue: why it waits",
      showWhilePending: true,
      templateUris: [waitingLink(project, kinds)],
    },
  ];
}

/** A time in the query overrides the time range of the page, which is the last hour. */
const SINCE_POD_WAS_MADE = `timestamp>="{{ .podRFC3339StartTime }}"`;

/** Lines of a Logs Explorer query are joined by AND. */
function logsLink(project: string, query: readonly string[]): string {
  const encoded = query.join("\n").split(FLYTE_VARIABLE).map(encodeUnlessVariable).join("");
  return `https://console.cloud.google.com/logs/query;query=${encoded}?project=${project}`;
}

/** The query stands in the path, where the console's router gives parentheses a meaning of their own. */
function encodeUnlessVariable(part: string): string {
  if (FLYTE_VARIABLE.test(part)) return part;
  return encodeURIComponent(part).replace(
    /[()'!*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
