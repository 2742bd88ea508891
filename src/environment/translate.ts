import type * as z from "zod/mini";
import { adviceFor, shapeOf } from "./schema/kinds";
import { allowedValues, choiceOf, discriminatorOf, type Kind, partsOf, unwrap } from "./schema/parts";
import { formerKeys } from "./schema/former-keys";
import { nearest, nearestValue, pathOf, type Problem, shown } from "./problems";
import { formAdvice } from "./form-advice";

/** zod's issues in the words of the schema: `<path> must be <shape>, got <value>`. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  schema: Kind,
  config: unknown,
): readonly Problem[] {
  const problems = issues.flatMap((issue) => problemsOfIssue(issue, issue.path, schema, config));
  // A number can be too large and not whole at once: one line says it.
  return [...new Map(problems.map((problem) => [problem.path, problem])).values()];
}

function problemsOfIssue(
  issue: z.core.$ZodIssue,
  path: readonly PropertyKey[],
  schema: Kind,
  config: unknown,
): readonly Problem[] {
  const value = valueAt(config, path);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(key, path, schema, value));

  if (issue.code === "invalid_key") {
    const { name } = partsOf(kindAt(schema, path.slice(0, -1)) ?? schema);
    return [
      { path: pathOf(path), message: `must be named with ${(name && shapeOf(name)) ?? "other letters"}` },
    ];
  }

  const choices = choicesOf(issue);
  if (choices) {
    const allowed = choices.map((option) => JSON.stringify(option)).join(", ");
    return [{ path: pathOf(path), message: `must be one of ${allowed}, got ${shown(value, path)}` }];
  }

  // Of a short and a long form, an object was meant to be the long one: say what is wrong inside it.
  if (issue.code === "invalid_union" && typeof value === "object" && !Array.isArray(value)) {
    const inner = issue.errors.find((errors) =>
      errors.every((error) => error.path.length > 0 || error.code === "unrecognized_keys"),
    );
    if (inner)
      return inner.flatMap((error) => problemsOfIssue(error, [...path, ...error.path], schema, config));
  }

  const kind = kindAt(schema, path);
  return [{ path: pathOf(path), message: mustBe(kind, value, path) }];
}

/** The values of the key that tells the objects of a choice apart, when it has none of them. */
function choicesOf(issue: z.core.$ZodIssue): readonly unknown[] | undefined {
  return "options" in issue && Array.isArray(issue.options) ? issue.options : undefined;
}

function mustBe(kind: Kind | undefined, value: unknown, path: readonly PropertyKey[]): string {
  const bare = kind && unwrap(kind);
  const shape = (bare && shapeOf(bare)) ?? "a plain value";
  const meant = bare && typeof value === "string" ? nearestValue(value, allowedValues(bare)) : undefined;
  const advice =
    (bare && adviceFor(bare, value)) ??
    numberAdvice(shape, value) ??
    (meant && `did you mean ${JSON.stringify(meant)}?`) ??
    (kind && formAdvice(kind, value));
  return [`must be ${shape}, got ${shown(value, path)}`, advice].filter(Boolean).join("; ");
}

/** `"16Gi"` or `"8"` where a number belongs. */
function numberAdvice(shape: string, value: unknown): string | undefined {
  if (typeof value !== "string" || !/^\d+(\.\d+)?\s*[A-Za-z]*$/.test(value)) return undefined;
  if (!/^(a |0 \(off\) or a )?(whole )?number/.test(shape)) return undefined;
  const unit = /\(([^()]+)\)$/.exec(shape)?.[1];
  return `write the number alone, without quotes${unit ? `, in ${unit}` : ""}`;
}

function unknownKey(key: string, path: readonly PropertyKey[], schema: Kind, value: unknown): Problem {
  const kind = kindAt(schema, path) ?? schema;
  const by = discriminatorOf(kind);
  const former = formerKeys[pathOf([...path, key])];
  if (former) return { path: pathOf([...path, key]), message: `is no key any more; ${former}` };
  const message = by
    ? unknownKeyOfChoice(key, kind, by, (value as Record<string, unknown>)[by], schema)
    : `is not a known key; ${hint(key, keysOf(kind), schema)}`;
  return { path: pathOf([...path, key]), message };
}

/** Of objects that one key tells apart, most keys belong to some only. */
function unknownKeyOfChoice(key: string, kind: Kind, by: string, chosen: unknown, schema: Kind): string {
  const options = partsOf(kind).options ?? [];
  const having = options.filter((option) => keysOf(option).includes(key)).map((one) => choiceOf(one, by));
  const known = options.filter((option) => choiceOf(option, by) === chosen).flatMap(keysOf);
  const advice =
    having.length > 0
      ? `it goes with ${having.map((one) => JSON.stringify(one)).join(" or ")}`
      : hint(key, known, schema);
  return `is not a known key with ${by} ${JSON.stringify(chosen)}; ${advice}`;
}

function hint(key: string, known: readonly string[], schema: Kind): string {
  const meant = nearest(key, known);
  if (meant) return `did you mean ${JSON.stringify(meant)}?`;
  const elsewhere = pathsOfKey(schema, key);
  if (elsewhere.length > 0) return `did you mean ${elsewhere.join(" or ")}?`;
  return `known keys are ${known.join(", ")}`;
}

function keysOf(kind: Kind): readonly string[] {
  const { keys, options } = partsOf(kind);
  return keys ? Object.keys(keys) : [...new Set((options ?? []).flatMap(keysOf))];
}

/** Where else in the environment a key of that name stands. */
function pathsOfKey(kind: Kind, key: string, path = ""): readonly string[] {
  const { keys, value } = partsOf(kind);
  const below = Object.entries(keys ?? {}).flatMap(([name, inner]) => [
    ...(name === key ? [path + name] : []),
    ...pathsOfKey(inner, key, `${path}${name}.`),
  ]);
  return [...below, ...(value ? pathsOfKey(value, key, `${path}<name>.`) : [])];
}

/** The schema of the value at a path. */
function kindAt(schema: Kind, path: readonly PropertyKey[]): Kind | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return schema;
  const { keys, value, item, options } = partsOf(schema);
  const inner = keys?.[String(first)] ?? value ?? item;
  if (inner) return kindAt(inner, rest);
  return options?.map((option) => kindAt(option, path)).find((kind) => kind !== undefined);
}

function valueAt(config: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    config,
  );
}
