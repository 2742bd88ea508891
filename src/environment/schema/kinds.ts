// The vocabulary of the schema. Each kind of value carries its shape in words beside its zod check, so that the
// error text ("must be <shape>, got …") and docs/configuration.md come from the same line as the check itself.
// zod/mini: the same zod 4 core at a quarter of the size; see docs/decisions for the numbers.
import * as z from "zod/mini";
import { isRequired, type Kind } from "./parts";

/** What a reader must know about one key, beyond its shape and default. */
export interface About {
  /** What it is for, in a sentence or two. */
  readonly meaning: string;
  /** What a change does to a deployed environment: in place, replaces, refused. */
  readonly change: string;
  /** The default in words, where it follows from other keys. */
  readonly default?: string;
  /** A value, as TypeScript. */
  readonly example?: string;
  /** Where a limit comes from. */
  readonly source?: string;
}

/** How a value is described to people. */
interface Form {
  /** Completes "must be …". */
  readonly shape: string;
  /** What to write instead of a value that is a well-known mistake. */
  readonly advice?: (value: string) => string | undefined;
}

const forms = z.registry<Form>();
const abouts = z.registry<About>();

export function shapeOf(kind: Kind): string | undefined {
  return forms.get(kind)?.shape;
}

export function adviceFor(kind: Kind, value: unknown): string | undefined {
  return typeof value === "string" ? forms.get(kind)?.advice?.(value) : undefined;
}

export function aboutOf(kind: Kind): About | undefined {
  return abouts.get(kind);
}

function shaped<K extends Kind>(shape: string, kind: K, advice?: Form["advice"]): K {
  forms.add(kind, { shape, advice });
  return kind;
}

// Kinds of value

export function text(shape: string, pattern: RegExp, advice?: Form["advice"]) {
  return shaped(shape, z.string().check(z.regex(pattern)), advice);
}

export function wholeNumber(minimum: number, maximum: number, unit?: string) {
  const shape = `a whole number from ${minimum} to ${maximum}${unit ? ` (${unit})` : ""}`;
  return shaped(shape, z.int().check(z.gte(minimum), z.lte(maximum)));
}

export function decimal(minimum: number, maximum: number, unit?: string) {
  const shape = `a number from ${minimum} to ${maximum}${unit ? ` (${unit})` : ""}`;
  return shaped(shape, z.number().check(z.gte(minimum), z.lte(maximum)));
}

export function flag() {
  return shaped("true or false", z.boolean());
}

export function oneOf<const Values extends readonly [string, ...string[]]>(...values: Values) {
  return advised(values);
}

/** One of several texts, of which some have other names that people know. */
export function advised<const Values extends readonly [string, ...string[]]>(
  values: Values,
  advice?: Form["advice"],
) {
  const shape = `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
  return shaped(shape, z.enum(values), advice);
}

/** One text and no other: what tells the objects of a choice apart. */
export function exactly<const Value extends string>(value: Value) {
  return shaped(JSON.stringify(value), z.literal(value));
}

/** Texts, at least one. `items` names them in the plural, with their shape. */
export function listOf<Item extends Kind>(items: string, item: Item) {
  return shaped(`a list of ${items}, at least one`, z.array(item).check(z.minLength(1)));
}

/** A map from names that the user chooses. The names become ids and addresses: renaming one is remove and add. */
export function mapOf<Name extends z.ZodMiniType<string, string>, Value extends Kind>(
  entries: string,
  name: Name,
  value: Value,
) {
  return shaped(`a map of ${entries}`, z.record(name, value));
}

/** An object with exactly these keys. */
export function group<Shape extends z.core.$ZodShape>(shape: Shape) {
  const needed = Object.keys(shape).filter((key) => isRequired(shape[key]));
  return shaped(`an object${needed.length > 0 ? ` with ${needed.join(", ")}` : ""}`, z.strictObject(shape));
}

/** One of several objects, told apart by the value of one key. */
export function choice<
  const Options extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(key: string, options: Options) {
  return shaped("an object", z.discriminatedUnion(key, options));
}

/** A value that may be written in a short and a long form. */
export function either<const Options extends readonly [Kind, ...Kind[]]>(shape: string, options: Options) {
  return shaped(shape, z.union(options));
}

/** Anything that JSON can say. */
export function anything() {
  return shaped("any plain value", z.unknown());
}

// Keys

/** A key that every environment must state. */
export function required<K extends Kind>(kind: K, about: About): K {
  abouts.add(kind, about);
  return kind;
}

/** A key that may be left out; without it the feature is off, or the value follows from others. */
export function optional<K extends Kind>(kind: K, about: About) {
  const schema = z.optional(kind);
  abouts.add(schema, about);
  return schema;
}

/** A key with a default, applied here and nowhere else. */
export function defaulted<K extends Kind>(
  kind: K,
  value: z.core.util.NoUndefined<z.input<K>>,
  about: About,
): z.ZodMiniPrefault<K> {
  // prefault, not default: the value passes the checks like any other, and a group fills in its own defaults.
  const schema = z.prefault(kind, value);
  abouts.add(schema, about);
  return schema;
}
