import { aboutOf, shapeOf } from "./schema/kinds";
import {
  allowedValues,
  choiceOf,
  discriminatorOf,
  isRequired,
  type Kind,
  partsOf,
  unwrap,
} from "./schema/parts";

/** What to write where a value of one form stands in place of another: a text for an object, a list for a map. */
export function formAdvice(kind: Kind, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { keys, value: entry, item, options } = partsOf(kind);
  const by = discriminatorOf(kind);
  if (by && options) return choiceAdvice(options, by, value);
  if (keys) return groupAdvice(kind, keys, value);
  if (item) return listAdvice(value);
  if (entry) return mapAdvice(kind, entry, value);
  if (shapeOf(unwrap(kind)) === "true or false") return flagAdvice(value);
  return undefined;
}

/** `access: "public"`, where the text says which of several objects was meant. */
function choiceAdvice(options: readonly Kind[], by: string, value: unknown): string {
  const chosen = options.find((option) => choiceOf(option, by) === value);
  if (chosen === undefined)
    return `write one with ${by}: ${options.map((option) => JSON.stringify(choiceOf(option, by))).join(", ")}`;
  return `write ${written(partsOf(chosen).keys ?? {}, by, value)}`;
}

/** `encryption: true`; `admission: "enforce"`; `addOns: ["ray"]`. */
function groupAdvice(kind: Kind, keys: Readonly<Record<string, Kind>>, value: unknown): string | undefined {
  const names = Object.keys(keys);
  if (typeof value === "boolean") {
    if (keys["enabled"]) return `write { enabled: ${value} }`;
    const needed = names.some((name) => isRequired(keys[name]));
    if (!needed && unwrap(kind) !== kind && value && isSwitch(kind)) return "write {} to switch it on";
    if (!value) return isSwitch(kind) ? "leave it out to switch it off" : undefined;
  }
  const holding = names.find((name) => allowedValues(keys[name] as Kind).includes(String(value)));
  if (holding) return `write ${written(keys, holding, value)}`;
  if (Array.isArray(value) && value.every((each) => typeof each === "string" && names.includes(each)))
    return `write { ${value.map((name) => `${name}: {}`).join(", ")} }`;
  return names.length > 0 ? `its keys are ${names.join(", ")}` : undefined;
}

/** Something that is on when it is named. */
function isSwitch(kind: Kind): boolean {
  return (kind._zod.def as { type?: string }).type === "optional";
}

function written(keys: Readonly<Record<string, Kind>>, name: string, value: unknown): string {
  const others = Object.keys(keys).filter((key) => key !== name && isRequired(keys[key]));
  return `{ ${[`${name}: ${JSON.stringify(value)}`, ...others.map((key) => `${key}: …`)].join(", ")} }`;
}

function listAdvice(value: unknown): string | undefined {
  if (typeof value === "string") return `write [${JSON.stringify(value)}]`;
  if (typeof value !== "object" || value === null) return undefined;
  const values = Object.values(value) as unknown[];
  if (values.length === 0) return undefined;
  const texts = values.every((each) => typeof each === "string") ? values : Object.keys(value);
  return `write [${texts.map((text) => JSON.stringify(text)).join(", ")}]`;
}

/** A list has no names, which stay when an entry before is taken away. */
function mapAdvice(kind: Kind, entry: Kind, value: unknown): string {
  const names = (Array.isArray(value) ? value : [])
    .map((each: unknown) => (each as { name?: unknown } | null)?.name)
    .filter((name) => typeof name === "string");
  if (names.length > 0)
    return `write { ${names.map((name) => `${JSON.stringify(name)}: { … }`).join(", ")} }, without name inside`;
  const inner = partsOf(entry).keys ? "{ … }" : "…";
  return `write ${aboutOf(kind)?.example ?? `{ <name>: ${inner} }`}`;
}

function flagAdvice(value: unknown): string | undefined {
  const meant = /^(true|yes|on|enabled|1)$/i.test(String(value))
    ? true
    : /^(false|no|off|disabled|0)$/i.test(String(value))
      ? false
      : undefined;
  return meant === undefined ? undefined : `write ${meant}, without quotes`;
}
