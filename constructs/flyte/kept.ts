import type { Rule } from "../rules";
import { flyteChart } from "./chart";
import { QUEUE_LABEL } from "../kueue/objects/local-queues";
import { evictionAnnotation } from "./config/task-pods";
import { isMap, mergeValues, type Values, valueAt } from "./values";

/** The platform's values, and what the user's values made of them. */
export interface Merge {
  readonly platform: Values;
  readonly merged: Values;
}

/** A value that must stay what the platform says. */
export function keeps(path: string, why: string): Rule<Merge> {
  return ({ platform, merged }) => {
    const want = valueAt(platform, path);
    const got = valueAt(merged, path);
    if (got === want || (want === undefined && got === "")) return undefined;
    const must = want === undefined ? "be left out" : `stay ${show(want)}`;
    return `extraValues.${path} must ${must}, got ${show(got)}; ${why}`;
  };
}

/** A value that must stay what the platform says, where it says anything. */
export function keepsIfSet(path: string, why: string): Rule<Merge> {
  return (merge) => (valueAt(merge.platform, path) === undefined ? undefined : keeps(path, why)(merge));
}

/** A map that may grow but not lose an entry. */
export function holds(path: string, why: string): Rule<Merge> {
  return ({ platform, merged }) => {
    const got = mapAt(merged, path);
    const lost = Object.entries(mapAt(platform, path)).find(([key, value]) => got[key] !== value);
    if (lost === undefined) return undefined;
    const [key, value] = lost;
    return `extraValues.${path} must keep ${show(key)}: ${show(value)}, got ${show(got[key])}; ${why}`;
  };
}

/** A place where a password would end in the release and in Terraform's state. */
export function noPassword(...places: readonly string[]): Rule<Merge> {
  return ({ merged }) => {
    const place = places.find((path) => (valueAt(merged, path) ?? "") !== "");
    return (
      place &&
      `extraValues.${place} must be left out, got a password; it would stand in the release and in Terraform's state`
    );
  };
}

export function encrypted(path: string): Rule<Merge> {
  return ({ merged }) => {
    const options = valueAt(merged, path);
    return /\bsslmode=(require|verify-ca|verify-full)\b/.test(String(options))
      ? undefined
      : `extraValues.${path} must hold sslmode=require, verify-ca or verify-full, got ${show(options)}`;
  };
}

export function pinned(path: string): Rule<Merge> {
  return ({ platform, merged }) => {
    const tag = valueAt(merged, path);
    return tag === valueAt(platform, path) ||
      tag === flyteChart.version ||
      String(tag).startsWith(`${flyteChart.version}@sha256:`)
      ? undefined
      : `extraValues.${path} must be "${flyteChart.version}", with a digest or without, got ${show(tag)}; Flyte is upgraded with its chart`;
  };
}

/** Null: the types rule it out and a user's file does not. */
export const noNull: Rule<Merge> = ({ merged }) => {
  const path = firstNull(merged);
  return path && `extraValues.${path} must be a value, got null; Flyte would set its whole section to zero`;
};

/** Where a topology's chart has the parts of Flyte's configuration. */
export interface ConfigPaths {
  readonly k8s: string;
  readonly adminLabels: string;
  readonly taskResources: string;
}

/** What tasks stand on, whatever the chart. */
export function taskRules({ k8s, adminLabels, taskResources }: ConfigPaths): readonly Rule<Merge>[] {
  return [
    ({ merged }) =>
      mapAt(merged, adminLabels)[QUEUE_LABEL] === undefined
        ? undefined
        : `extraValues.${adminLabels} must not hold ${show(QUEUE_LABEL)}; it would beat the queue of a task, and any label of an execution drops it`,
    ({ merged }) => {
      const timeout = valueAt(merged, `${k8s}.pod-pending-timeout`);
      return timeout === undefined || /^0[a-z]*$/.test(String(timeout))
        ? undefined
        : `extraValues.${k8s}.pod-pending-timeout must be left out, got ${show(timeout)}; it would end tasks that wait in a queue`;
    },
    ({ merged }) => {
      const annotations = valueAt(merged, `${k8s}.default-annotations`);
      const evict = mapAt(merged, `${k8s}.default-annotations`)[evictionAnnotation];
      const flytesOwn = isMap(annotations) && Object.keys(annotations).length === 0;
      return String(evict) === "false" || flytesOwn
        ? `extraValues.${k8s}.default-annotations must not set "${evictionAnnotation}" to "false"${flytesOwn ? ", as Flyte does when they are an empty map" : ""}; no task could run on Spot`
        : undefined;
    },
    ({ merged }) => {
      const names = ["defaults", "limits"].flatMap((kind) =>
        Object.keys(mapAt(merged, `${taskResources}.${kind}`)),
      );
      const unknown = names.find((name) => !TASK_RESOURCE_NAMES.includes(name));
      return (
        unknown &&
        `extraValues.${taskResources} must name ${TASK_RESOURCE_NAMES.join(", ")}, got ${show(unknown)}; Flyte ignores it silently`
      );
    },
  ];
}

/** The map at a path, given as one or as a list of one-key maps. */
export function mapAt(values: Values, path: string): Values {
  const found = valueAt(values, path);
  if (Array.isArray(found)) return mergeValues(...found.filter(isMap));
  return isMap(found) ? found : {};
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

const TASK_RESOURCE_NAMES = ["cpu", "memory", "gpu", "ephemeralStorage"];

function firstNull(value: unknown, path: readonly string[] = []): string | undefined {
  if (value === null || value === undefined) return path.join(".");
  if (typeof value !== "object") return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = firstNull(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
