import { type Problem, pathOf } from "./problems";

/** A deep copy of plain data, and what in it is not plain data. */
export interface PlainCopy {
  readonly copy: unknown;
  readonly problems: readonly Problem[];
}

/**
 * Environments are data: objects, lists, texts, numbers, true and false. A token or an expression has no value
 * before Terraform runs, so no rule could judge it, and inside a name it would be taken literally.
 *
 * @param mayTemplate paths (first keys) below which a literal `${` is text of another language, as in Helm values
 */
export function plainCopy(value: unknown, mayTemplate: readonly (readonly string[])[] = []): PlainCopy {
  const problems: Problem[] = [];
  const enclosing = new Set<object>();

  const reject = (path: readonly PropertyKey[], message: string): undefined => {
    problems.push({ path: pathOf(path), message });
    return undefined;
  };

  const copyOf = (inner: unknown, path: readonly PropertyKey[]): unknown => {
    switch (typeof inner) {
      case "boolean":
        return inner;
      case "string": {
        const templates = mayTemplate.some((prefix) => prefix.every((key, index) => path[index] === key));
        if (!templates && isOfNothing(inner))
          return reject(
            path,
            `must not be made of a value that is missing, got ${JSON.stringify(inner)}; look for a misspelt key in its template`,
          );
        if (!isToken(inner) && (templates || !isExpression(inner))) return inner;
        return reject(path, `must be plain text, got a Terraform expression ${JSON.stringify(inner)}`);
      }
      case "number":
        if (Number.isFinite(inner) && inner > numberTokens) return inner;
        return reject(
          path,
          Number.isFinite(inner)
            ? "must be a plain number, got a Terraform token; write the number itself"
            : `must be a number, got ${inner}`,
        );
      case "undefined":
        return reject(
          path,
          "must have a value, got undefined; leave the key out for its default, or look for a misspelt import",
        );
      case "object":
        break;
      default:
        return reject(path, `must be plain data, got a ${typeof inner}`);
    }
    if (inner === null) return reject(path, "must have a value, got null; leave the key out for its default");
    if (enclosing.has(inner)) return reject(path, "must be plain data, got an object that contains itself");
    if (!Array.isArray(inner) && !isPlain(inner))
      return reject(path, `must be plain data, got ${kindOf(inner)}`);

    enclosing.add(inner);
    const copy = Array.isArray(inner)
      ? inner.map((item, index) => copyOf(item, [...path, index]))
      : Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, copyOf(item, [...path, key])]));
    enclosing.delete(inner);
    return copy;
  };

  return { copy: copyOf(value, []), problems };
}

/** CDKTF writes a number that is not known yet as a negative number of this size. */
const numberTokens = -1e280;

/** How CDKTF writes a value that is not known yet into a text. */
const isToken = (text: string) => text.includes("TfToken[") || text.includes("#{Token[");

const isExpression = (text: string) => text.includes("${") || text.includes("%{");

/** What a template makes of a value that is not there: `acme-${labels.taem}`. */
const isOfNothing = (text: string) =>
  text !== "null" && /(^|[^A-Za-z0-9])(undefined|null|NaN)([^A-Za-z0-9]|$)|\[object \w+\]/.test(text);

function isPlain(value: object): boolean {
  if (isResolvable(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** CDKTF's word for a value that is not known yet. */
const isResolvable = (value: object) => "resolve" in value && typeof value.resolve === "function";

function kindOf(value: object): string {
  if (isResolvable(value)) return "a Terraform token; write the value itself";
  if (value instanceof Promise) return "a Promise; an environment is read at once: write the value itself";
  const name = value.constructor?.name;
  return name ? `a ${name}` : "an object with a prototype";
}

/** A type whose every part is read-only. */
export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** Freezes a value and everything in it. */
export function deepFreeze<T>(value: T): DeepReadonly<T> {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value as DeepReadonly<T>;
}
