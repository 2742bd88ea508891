// What a schema is made of, as the error texts and the documentation need it.
import type * as z from "zod/mini";

/** Any schema of this folder. */
export type Kind = z.core.$ZodType;

/** A schema without its default or its "may be left out". */
export function unwrap(kind: Kind): Kind {
  const inner = (kind as z.ZodMiniOptional)._zod.def.innerType as Kind | undefined;
  return inner ? unwrap(inner) : kind;
}

/** The schemas inside a schema. */
export interface Parts {
  readonly keys?: Readonly<Record<string, Kind>>;
  readonly name?: Kind;
  readonly value?: Kind;
  readonly item?: Kind;
  readonly options?: readonly Kind[];
}

export function partsOf(kind: Kind): Parts {
  const definition = unwrap(kind)._zod.def as unknown as {
    shape?: Record<string, Kind>;
    keyType?: Kind;
    valueType?: Kind;
    element?: Kind;
    options?: readonly Kind[];
  };
  return {
    keys: definition.shape,
    name: definition.keyType,
    value: definition.valueType,
    item: definition.element,
    options: definition.options,
  };
}

/** The default as written in the schema; undefined where there is none. */
export function defaultOf(kind: Kind): unknown {
  return (kind as z.ZodMiniPrefault)._zod.def.defaultValue;
}

/** Whether a key must be stated. */
export function isRequired(kind: Kind | undefined): boolean {
  return kind !== undefined && unwrap(kind) === kind;
}

/** The key whose value tells the objects of a choice apart. */
export function discriminatorOf(kind: Kind): string | undefined {
  return (unwrap(kind)._zod.def as { discriminator?: string }).discriminator;
}

/** What that key says in one of the objects. */
export function choiceOf(option: Kind, discriminator: string): unknown {
  const kind = partsOf(option).keys?.[discriminator];
  return kind && (unwrap(kind)._zod.def as { values?: readonly unknown[] }).values?.[0];
}

/** The texts that a kind allows, where it allows only some. */
export function allowedValues(kind: Kind): readonly string[] {
  const { entries } = unwrap(kind)._zod.def as { entries?: Record<string, string> };
  return Object.values(entries ?? {});
}
