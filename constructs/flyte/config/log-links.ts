import type { Values } from "../values";

/** Where Flyte puts a task's own facts into a link. It knows the pod's name from the moment the pod exists. */
const FLYTE_VARIABLE = /(\{\{ \.\w+ \}\})/;

/**
 * Link to the story of a waiting task in Cloud Logging: the events of its pod, of the pod's Workload in Kueue and of
 * the Workload's ProvisioningRequest, which say what the task waits for. Flyte itself shows none but the pod's.
 *
 * Kueue names the Workload `pod-<pod>-<5 hex digits>`, and the request after the Workload. The hash keeps the pods
 * that a dynamic task makes, whose names begin like its own, out of it.
 */
export function waitingLink(project: string): string {
  return logsLink(project, [
    `logName="projects/${project}/logs/events"`,
    `jsonPayload.involvedObject.namespace="{{ .namespace }}"`,
    `jsonPayload.involvedObject.name=~"^{{ .podName }}$|^pod-{{ .podName }}-[0-9a-f]{5}"`,
    SINCE_POD_WAS_MADE,
  ]);
}

/** Link to what a task's container printed. */
export function containerLink(project: string): string {
  return logsLink(project, [
    `resource.type="k8s_container"`,
    `resource.labels.namespace_name="{{ .namespace }}"`,
    `resource.labels.pod_name="{{ .podName }}"`,
    `resource.labels.container_name="{{ .containerName }}"`,
    SINCE_POD_WAS_MADE,
  ]);
}

/**
 * The links that a task has in the console.
 *
 * Both are templates of our own: the chart's Stackdriver setting prints its link without quotes, and cannot show it
 * while the task is queued. These pass no `tpl`, so their `{{ }}` stay as they are.
 */
export function logLinks(project: string): readonly Values[] {
  return [
    { displayName: "Cloud Logging", templateUris: [containerLink(project)] },
    { displayName: "Queue: why it waits", showWhilePending: true, templateUris: [waitingLink(project)] },
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
