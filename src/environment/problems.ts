import { closest, distance } from "fastest-levenshtein";

/** One thing that is wrong, in the user's words: `<path> <message>`, as in `region must be …, got "us"`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Every problem of one environment. */
export interface EnvironmentProblems {
  /** What the environment is called in messages: `environment "prod"`. */
  readonly subject: string;
  /** The file to edit. */
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** Environments that cannot be used. Carries every problem of every one, not only the first. */
export class EnvironmentError extends Error {
  constructor(readonly environments: readonly EnvironmentProblems[]) {
    super(alike(environments).map(block).join("\n\n"));
    this.name = "EnvironmentError";
  }
}

/** Environments of which all the same is said: most share what they are made from. */
function alike(environments: readonly EnvironmentProblems[]): readonly (readonly EnvironmentProblems[])[] {
  const groups = new Map<string, EnvironmentProblems[]>();
  for (const each of environments) {
    const key = JSON.stringify(each.problems);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

function block(same: readonly EnvironmentProblems[]): string {
  const { problems = [] } = same[0] ?? {};
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const files = [...new Set(same.map(({ file }) => file))].join(", ");
  const have = same.length === 1 ? `has ${count}` : `have ${count} each`;
  return `${same.map(({ subject }) => subject).join(", ")} ${have} (${files}):\n${lines(problems).join("\n")}`;
}

/** The most paths that a line names. */
const NAMED = 3;

/** One line for all places of which the same is asked. */
function lines(problems: readonly Problem[]): readonly string[] {
  const paths = new Map<string, string[]>();
  for (const { path, message } of problems) {
    // Any other sentence would need another verb.
    const key = message.startsWith("must ") ? message : `${path} ${message}`;
    paths.set(key, [...(paths.get(key) ?? []), path]);
  }
  return [...paths].map(([key, of]) =>
    key.startsWith("must ") ? `- ${listed(of)} ${key}` : `- ${key.trim()}`,
  );
}

function listed(paths: readonly string[]): string {
  const named = paths.length > NAMED + 1 ? [...paths.slice(0, NAMED), `${paths.length - NAMED} more`] : paths;
  return named.length > 1 ? `${named.slice(0, -1).join(", ")} and ${named.at(-1)}` : (named[0] ?? "");
}

/** `queues.flavors.h100-dws.projects[0]`; names that would read as more than one part are quoted. */
export function pathOf(parts: readonly PropertyKey[]): string {
  return parts
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      const key = String(part);
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

/** A value as a message shows it. Says nothing of what may be a secret. */
export function shown(value: unknown, path: readonly PropertyKey[] = []): string {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (value instanceof Promise) return "a Promise";
  if (typeof value === "object" && value !== null) return "an object";
  if (isSecretName(String(path.at(-1) ?? ""))) return "a value that is not shown";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}…` : value);
}

/** Whether a key's name says that its value is a secret: `password`, `clientSecret`; not `passwordPath`. */
export function isSecretName(name: string): boolean {
  return /^(.*(password|passwd|client_?secret|(api|private|access|secret|hash|block|symmetric|rsa)[_-]?key(\.pem)?|token)|secret)$/i.test(
    name,
  );
}

/**
 * Whether a text is itself a secret, whatever its key is called: a private key, a token of GitHub, Google, Slack or AWS, or
 * a password in an address.
 */
export function isSecretValue(text: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY|\b(gh[pousr]_|github_pat_)\w{20}|\bAIza[\w-]{30}|\bGOCSPX-|\bya29\.|\bxox[abprs]-|\b(AKIA|ASIA)[A-Z0-9]{16}\b|:\/\/[^\s/:@]+:[^\s/@$]+@/.test(
    text,
  );
}

/** The known name that was probably meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]));
  const best = closest(name.toLowerCase(), [...lower.keys()]);
  const tolerated = best.length <= 3 ? 1 : Math.max(2, Math.floor(best.length / 3));
  return distance(name.toLowerCase(), best) <= tolerated ? lower.get(best) : undefined;
}

/** The allowed value that was probably meant: of `H100` it is `h100-80gb`, although `b200` has fewer other letters. */
export function nearestValue(value: string, allowed: readonly string[]): string | undefined {
  const given = value.toLowerCase();
  const related = allowed.filter(
    (one) => isPart(given, one.toLowerCase()) || isPart(one.toLowerCase(), given),
  );
  return related.length > 0 ? closest(given, related) : nearest(value, allowed);
}

/** Two letters are part of too much. */
function isPart(part: string, whole: string): boolean {
  return part.length > 2 && whole.includes(part);
}
