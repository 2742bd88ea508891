import type { Drift } from "../terraform/results";

/** A plan as `terraform show -json` prints it, as far as drift goes. */
export interface ShownPlan {
  readonly resource_drift?: readonly ShownChange[];
  readonly resource_changes?: readonly ShownChange[];
  readonly configuration?: { readonly root_module?: { readonly resources?: readonly Configured[] } };
}

interface ShownChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
  };
}

interface Configured {
  readonly address: string;
  /** By attribute: `{ constant_value }`, `{ references }`, or for blocks a list of the same. */
  readonly expressions?: unknown;
}

type Path = readonly (string | number)[];

/**
 * What somebody changed behind Terraform's back. Terraform lists everything that reads differently than it was written:
 * etags, counters, what Google fills in. What counts is what the configuration states and the plan would put back.
 */
export function driftOf(plan: ShownPlan): readonly Drift[] {
  const configured = byAddress(plan.configuration?.root_module?.resources ?? []);
  const planned = byAddress(plan.resource_changes ?? []);
  return (plan.resource_drift ?? []).flatMap(({ address, type, change }): Drift[] => {
    const stated = configured.get(address);
    if (!stated) return [];
    if (change.actions.includes("delete")) return [{ address, type, action: "delete" }];
    const target = planned.get(address)?.change;
    const paths = differences(change.before, change.after).filter(
      (path) => isStated(stated.expressions, path) && target && putsBack(target, change.after, path),
    );
    const attributes = [...new Set(paths.map(textOf))];
    return attributes.length > 0 ? [{ address, type, action: "update", attributes }] : [];
  });
}

function byAddress<T extends { readonly address: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((each) => [each.address, each]));
}

/** Where two values differ. A list differs as a whole, because its order may be Google's; not the one block of a kind. */
function differences(a: unknown, b: unknown, path: Path = []): readonly Path[] {
  if (isSame(a, b)) return [];
  if (isOneBlock(a) && isOneBlock(b)) return differences(a[0], b[0], [...path, 0]);
  if (isObject(a) && isObject(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
      differences(a[key], b[key], [...path, key]),
    );
  return [path];
}

function isOneBlock(value: unknown): value is readonly [unknown] {
  return Array.isArray(value) && value.length === 1 && isObject(value[0]);
}

/** Whether the configuration says something about a path. */
function isStated(expressions: unknown, [key, ...rest]: Path): boolean {
  if (key === undefined) return true;
  if (Array.isArray(expressions)) return expressions.some((block) => isStated(block, rest));
  if (!isObject(expressions)) return false;
  const isValue = Object.keys(expressions).every((each) => EXPRESSION.has(each));
  return isValue || (Object.hasOwn(expressions, key) && isStated(expressions[key], rest));
}

/** The keys of an expression that stands for a value; anything else is the attributes of a block. */
const EXPRESSION = new Set(["constant_value", "references"]);

/** Whether the plan ends with another value than Google has now. Without one to put there, nothing is put back. */
function putsBack(
  { after, after_unknown: unknown }: ShownChange["change"],
  now: unknown,
  path: Path,
): boolean {
  if (after === null || after === undefined) return false;
  return at(unknown, path) === true || !isSame(at(after, path), at(now, path));
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

/** No value, an empty one and an empty list or map read alike: which of them comes back is the provider's whim. */
function isSame(a: unknown, b: unknown): boolean {
  if (isNothing(a) && isNothing(b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => isSame(each, b[index]));
  if (isObject(a) && isObject(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSame(a[key], b[key]));
  return a === b;
}

function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `settings.backup_configuration.enabled`: the one block of a kind needs no number. */
function textOf(path: Path): string {
  return path.filter((key) => typeof key === "string").join(".");
}
