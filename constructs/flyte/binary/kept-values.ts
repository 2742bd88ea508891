import type { Rule } from "../../rules";
import { flyteChart } from "../chart";
import { evictionAnnotation, queueLabel } from "../config/task-pods";
import { namespaceTemplateFile } from "../config/tenant-namespaces";
import { isMap, mergeValues, type Values, valueAt } from "../values";

/** The platform's values, and what the user's values made of them. */
export interface Merge {
  readonly platform: Values;
  readonly merged: Values;
}

const K8S = "configuration.inline.plugins.k8s";
const TEMPLATES = "clusterResourceTemplates.inline";
const ADMIN_LABELS = "configuration.inline.flyteadmin.labels";
const TASK_RESOURCES = "configuration.inline.task_resources";

/** Values that something else stands on, each with what would break. */
const KEPT: Readonly<Record<string, string>> = {
  fullnameOverride: "the names of the Services are made from it",
  "serviceAccount.name": "the identity is bound to that name",
  "service.type": "access decides who reaches Flyte",
  "ingress.create": "access decides who reaches Flyte",
  "ingress.separateGrpcIngress": "the chart moves ports between its Services with it",
  "configuration.database.passwordPath": "the password is mounted there and exists nowhere else",
  "configuration.inline.database.postgres.passwordPath": "configuration.database says it",
  "configuration.inline.database.postgres.options": "configuration.database says it",
  "configuration.inline.namespace_mapping.template": "tenants have the namespace <project>-<domain>",
  "configuration.externalConfigMap": "Flyte would read none of these values",
  "configuration.externalSecretRef": "Flyte would read none of these values",
  "configuration.inline.storage.enable-multicontainer": "Flyte would read only one of its two buckets",
  "configuration.inline.prof.DisableConfigEndpoint": "the endpoint prints the database password",
  "clusterResourceTemplates.externalConfigMap": "new projects would get no namespace that opts in to Kueue",
};

/** Maps that may grow but not lose an entry, each with what would break. */
const HELD: Readonly<Record<string, string>> = {
  "serviceAccount.annotations": "Flyte reads its password and signs links as this service account",
  "service.commonAnnotations": "access decides who reaches Flyte",
  [`${K8S}.default-labels`]: "tasks would run around the quotas",
  [TEMPLATES]: "new projects would get no namespace that opts in to Kueue; add files of your own beside it",
};

/** What the user's values may not change, whatever else they do. */
export const keptValuesRules: readonly Rule<Merge>[] = [
  ({ merged }) => {
    const path = firstNull(merged);
    return path && `extraValues.${path} must be a value, got null; Flyte would set its whole section to zero`;
  },
  ...Object.entries(KEPT).map(([path, why]) => keeps(path, why)),
  ...Object.entries(HELD).map(([path, why]) => holds(path, why)),
  ({ merged }) => {
    const place = PASSWORD_PLACES.find((path) => (valueAt(merged, path) ?? "") !== "");
    return (
      place &&
      `extraValues.${place} must be left out, got a password; it would stand in the release and in Terraform's state`
    );
  },
  ({ merged }) => {
    const options = valueAt(merged, "configuration.database.options");
    return /\bsslmode=(require|verify-ca|verify-full)\b/.test(String(options))
      ? undefined
      : `extraValues.configuration.database.options must hold sslmode=require, verify-ca or verify-full, got ${show(options)}`;
  },
  ({ merged }) => {
    const tag = valueAt(merged, "deployment.image.tag");
    return tag === flyteChart.version || String(tag).startsWith(`${flyteChart.version}@sha256:`)
      ? undefined
      : `extraValues.deployment.image.tag must be "${flyteChart.version}", with a digest or without, got ${show(tag)}; Flyte is upgraded with its chart`;
  },
  ({ merged }) =>
    mapAt(merged, ADMIN_LABELS)[queueLabel] === undefined
      ? undefined
      : `extraValues.${ADMIN_LABELS} must not hold ${show(queueLabel)}; it would beat the queue of a task, and any label of an execution drops it`,
  ({ merged }) => {
    const timeout = valueAt(merged, `${K8S}.pod-pending-timeout`);
    return timeout === undefined || /^0[a-z]*$/.test(String(timeout))
      ? undefined
      : `extraValues.${K8S}.pod-pending-timeout must be left out, got ${show(timeout)}; it would end tasks that wait in a queue`;
  },
  ({ merged }) => {
    const annotations = valueAt(merged, `${K8S}.default-annotations`);
    const evict = mapAt(merged, `${K8S}.default-annotations`)[evictionAnnotation];
    const flytesOwn = isMap(annotations) && Object.keys(annotations).length === 0;
    return String(evict) === "false" || flytesOwn
      ? `extraValues.${K8S}.default-annotations must not set "${evictionAnnotation}" to "false"${flytesOwn ? ", as Flyte does when they are an empty map" : ""}; no task could run on Spot`
      : undefined;
  },
  ({ merged }) => {
    const found = Object.entries(mapAt(merged, TEMPLATES)).find(([, text]) => QUOTA_KIND.test(String(text)));
    return (
      found &&
      `extraValues.${TEMPLATES} must hold no LocalQueue and no ResourceQuota, got one in ${show(found[0])}; queues and quotas are given to teams`
    );
  },
  ({ merged }) => {
    const names = ["defaults", "limits"].flatMap((kind) =>
      Object.keys(mapAt(merged, `${TASK_RESOURCES}.${kind}`)),
    );
    const unknown = names.find((name) => !TASK_RESOURCE_NAMES.includes(name));
    return (
      unknown &&
      `extraValues.${TASK_RESOURCES} must name ${TASK_RESOURCE_NAMES.join(", ")}, got ${show(unknown)}; Flyte ignores it silently`
    );
  },
];

const PASSWORD_PLACES = [
  "configuration.database.password",
  "configuration.inline.database.password",
  "configuration.inline.database.postgres.password",
];
const QUOTA_KIND = /\bkind["']?\s*:\s*["']?(LocalQueue|ResourceQuota)\b/;
const TASK_RESOURCE_NAMES = ["cpu", "memory", "gpu", "ephemeralStorage"];

function keeps(path: string, why: string): Rule<Merge> {
  return ({ platform, merged }) => {
    const want = valueAt(platform, path);
    const got = valueAt(merged, path);
    if (got === want || (want === undefined && got === "")) return undefined;
    const must = want === undefined ? "be left out" : `stay ${show(want)}`;
    return `extraValues.${path} must ${must}, got ${show(got)}; ${why}`;
  };
}

function holds(path: string, why: string): Rule<Merge> {
  return ({ platform, merged }) => {
    const got = mapAt(merged, path);
    const lost = Object.entries(mapAt(platform, path)).find(([key, value]) => got[key] !== value);
    if (lost === undefined) return undefined;
    const [key, value] = lost;
    const want = key === namespaceTemplateFile ? `${show(key)} as it is` : `${show(key)}: ${show(value)}`;
    return `extraValues.${path} must keep ${want}, got ${show(got[key])}; ${why}`;
  };
}

/** The map at a path, given as one or as a list of one-key maps. */
function mapAt(values: Values, path: string): Values {
  const found = valueAt(values, path);
  if (Array.isArray(found)) return mergeValues(...found.filter(isMap));
  return isMap(found) ? found : {};
}

/** Path of the first null or undefined, which the types rule out and a user's file does not. */
function firstNull(value: unknown, path: readonly string[] = []): string | undefined {
  if (value === null || value === undefined) return path.join(".");
  if (typeof value !== "object") return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = firstNull(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
