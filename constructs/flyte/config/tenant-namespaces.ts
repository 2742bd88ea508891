import type { Values } from "../values";

/** Flyte applies these files to each project-domain, in the order of their names. */
export const namespaceTemplateFile = "010_namespace.yaml";

/**
 * What Flyte makes for a project that somebody creates in the console: a namespace like that of a declared tenant, and
 * nothing in it. Its tasks wait, visibly, until the project is given to a team; nothing runs around the quotas.
 *
 * Declared tenants have their namespace before Flyte starts. The labels must be theirs exactly: Flyte writes them back
 * every minute.
 */
export function tenantNamespaceTemplates(labels: Readonly<Record<string, string>>): Values {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "{{ namespace }}", labels } };
  // JSON is YAML. Flyte replaces `{{ namespace }}`; Helm leaves this part alone.
  return { [namespaceTemplateFile]: `${JSON.stringify(namespace, undefined, 2)}\n` };
}
