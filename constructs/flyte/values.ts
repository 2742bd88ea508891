/** What Helm values may hold. No null: Flyte's configuration loader sets a null's whole section to zero. */
export type Value = string | number | boolean | readonly Value[] | Values;

/** Helm values, or a part of Flyte's configuration. */
export interface Values {
  readonly [key: string]: Value;
}

/** Merges maps key by key, the later over the earlier. Anything else, lists included, is replaced: as Helm does. */
export function mergeValues(...layers: readonly object[]): Values {
  return layers.reduce<Values>((merged, layer) => overlay(merged, layer as Values), {});
}

function overlay(base: Values, over: Values): Values {
  const merged: Record<string, Value> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    merged[key] = isMap(before) && isMap(value) ? overlay(before, value) : value;
  }
  return merged;
}

export function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a dotted path, or undefined. A key that itself holds a dot is not found. */
export function valueAt(values: Values, path: string): Value | undefined {
  let found: Value | undefined = values;
  for (const key of path.split(".")) {
    found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}

/**
 * A map whose keys hold dots or capitals, as Flyte's loader wants it: it lower-cases keys and splits them at dots,
 * but leaves the maps inside of lists alone, and reads a list of one-key maps as one map.
 */
export function oneKeyMaps(map: Readonly<Record<string, Value>>): readonly Values[] {
  return Object.entries(map).map(([key, value]) => ({ [key]: value }));
}

/** An expression that Helm writes back letter for letter begins like this. */
const ALREADY_LITERAL = /\{\{-?\s*`/;

/**
 * Values that pass through Helm's `tpl` with every `{{ }}` kept for Flyte: a bare `{{ project }}` fails the render,
 * a bare `{{ .podName }}` silently becomes nothing. A string that is escaped already stays as it is.
 */
export function literalForTpl<V extends Value>(value: V): V {
  if (typeof value === "string")
    return (ALREADY_LITERAL.test(value) ? value : value.replaceAll("{{", "{{ `{{` }}")) as V;
  if (Array.isArray(value)) return value.map(literalForTpl) as unknown as V;
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literalForTpl(inner)])) as V;
  return value;
}
