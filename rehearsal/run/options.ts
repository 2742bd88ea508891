import { closest } from "fastest-levenshtein";
import { breaks } from "../objects/breaks";
import { scenarios } from "../scenarios";
import type { Scenario } from "../scenarios/scenario";

/** The command was called with what it does not know. */
export class UsageError extends Error {}

export interface Options {
  readonly environment: string;
  readonly scenarios: readonly Scenario[];
  /** Breaks the objects in this way first, and expects to see it. */
  readonly breaks: readonly string[];
  /** A folder that is synthesised already. @default the repository's own environments, synthesised now */
  readonly from?: string;
  readonly buildOnly: boolean;
}

export const usage = `npm run rehearse -- [environment] [scenario…] [options]
  environment       "prod" unless another is named
  scenario          ${scenarios.map(({ name }) => name).join(", ")}; all unless some are named
  --all             every scenario, and then every break
  --break NAME      breaks the objects first: the rehearsal must see it (${breaks.map(({ name }) => name).join(", ")})
  --from FOLDER     what is synthesised there, e.g. examples/gpu-queues/cdktf.out
  --build           builds the tools and ends`;

export function parseOptions(args: readonly string[]): Options {
  const words: string[] = [];
  const broken: string[] = [];
  let from: string | undefined;
  let all = false;
  let buildOnly = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    const next = () => args[++index] ?? fail(`${arg} needs a value`);
    if (arg === "--all") all = true;
    else if (arg === "--build") buildOnly = true;
    else if (arg === "--break")
      broken.push(
        known(
          next(),
          breaks.map(({ name }) => name),
          "--break",
        ),
      );
    else if (arg === "--from") from = next();
    else if (arg.startsWith("-")) fail(`${arg} is not an option`);
    else words.push(arg);
  }
  const names = scenarios.map(({ name }) => name);
  const environment = words.length > 0 && !names.includes(words[0] ?? "") ? words.shift() : undefined;
  const wanted = words.map((word) => known(word, names, "a scenario"));
  return {
    environment: environment ?? "prod",
    // A break alone plays only its own scenario.
    scenarios:
      broken.length > 0 && !all && wanted.length === 0
        ? []
        : scenarios.filter(({ name }) => wanted.length === 0 || wanted.includes(name)),
    breaks: all ? breaks.map(({ name }) => name) : broken,
    ...(from && { from }),
    buildOnly,
  };
}

function known(word: string, names: readonly string[], what: string): string {
  if (names.includes(word)) return word;
  return fail(
    `${what} must be one of ${names.map((name) => `"${name}"`).join(", ")}, got "${word}"; did you mean "${closest(word, names)}"?`,
  );
}

function fail(message: string): never {
  throw new UsageError(`${message}\n${usage}`);
}
