import { closest, distance } from "fastest-levenshtein";
import type { Queues } from "../types";

/** One thing that is wrong, or risky. `path` starts below the environment's `queues`; "<path> <message>" is a sentence. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** A rule over everything that an environment says about queues. */
export type QueueRule = (queues: Queues, domains: readonly string[]) => readonly Problem[];

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
export const LABEL_LIMIT = 63;

/** A value in a message, as it stands in an environment file. */
export const quote = (value: unknown) => JSON.stringify(value);

export const list = (values: readonly unknown[]) => values.map(quote).join(", ");

/** " must be one of …, got …", with the nearest allowed word when there is one. */
export function notOneOf(allowed: readonly string[], got: string): string {
  const suggestion = nearest(got, allowed);
  return `must be one of ${list(allowed)}, got ${quote(got)}${suggestion ? `; did you mean ${quote(suggestion)}?` : ""}`;
}

function nearest(got: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined;
  const part = allowed.find((word) => got.length > 1 && (word.startsWith(got) || got.startsWith(word)));
  if (part) return part;
  const word = closest(got, [...allowed]);
  return distance(got, word) <= Math.ceil(got.length / 3) ? word : undefined;
}

/** Why a name cannot be used, or nothing. */
export function nameProblem(name: string, reserved: readonly string[]): string | undefined {
  if (!LABEL.test(name) || name.length > LABEL_LIMIT)
    return `must be named with 1 to ${LABEL_LIMIT} lower-case letters, digits and hyphens, a letter first and no hyphen last, got ${quote(name)}`;
  if (reserved.includes(name))
    return `must have another name: ${list(reserved)} mean something of their own, got ${quote(name)}`;
  return undefined;
}

export function wholeNumber(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** Problems of each entry of a map, keyed by its path. */
export function eachEntry<T>(
  path: string,
  map: Readonly<Record<string, T>>,
  problems: (entry: T, name: string) => readonly (Problem | undefined)[],
): Problem[] {
  return Object.entries(map).flatMap(([name, entry]) =>
    problems(entry, name)
      .filter((problem) => problem !== undefined)
      .map((problem) => ({
        path: [path, name, problem.path].filter((part) => part !== "").join("."),
        message: problem.message,
      })),
  );
}
