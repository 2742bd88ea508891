import { parseArgs } from "node:util";
import { closest } from "fastest-levenshtein";
import { breaks } from "../objects/breaks";
import { scenarios } from "../scenarios";
import type { Synthesised } from "../objects/synthesised";
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
  /** How many are played at the same time. */
  readonly parallelism: number;
  /** Plays once more what does not end as it should. */
  readonly again: boolean;
  readonly buildOnly: boolean;
  /** Plays nothing, and takes the time of a map task with the admission policies and without. */
  readonly timePolicies: boolean;
}

const scenarioNames = scenarios.map(({ name }) => name);
const breakNames = breaks.map(({ name }) => name);

/** Two light control planes leave two cores half idle; a third makes them late. */
const PARALLELISM = "2";

export const usage = `npm run rehearse -- [environment] [scenario…] [options]
  environment       the last of src/environments unless another is named
  scenario          ${scenarioNames.join(", ")}; all unless some are named
  --all             every scenario, and then every break
  --break NAME      breaks the objects first: the rehearsal must see it (${breakNames.join(", ")})
  --from FOLDER     what is synthesised there, e.g. examples/gpu-queues/cdktf.out
  --parallelism N   plays so many at the same time, ${PARALLELISM} unless said; each wants a core and 1 to 2 GiB of memory
  --again           plays once more what does not end as it should: seconds that a busy machine loses read as hours
  --time-policies   plays nothing: how long 500 pods take with the admission policies, and how long without
  --build           builds the tools and ends`;

/** `last`: the environment that is meant where none is named. */
export function parseOptions(args: readonly string[], last: string): Options {
  const { values, positionals } = parsed(args);
  const { all = false, break: broken = [], from, parallelism = PARALLELISM } = values;
  const [first = ""] = positionals;
  const environment = first && !scenarioNames.includes(first) ? first : undefined;
  const wanted = (environment ? positionals.slice(1) : positionals).map((word) =>
    known(word, scenarioNames, "a scenario"),
  );
  for (const name of broken) known(name, breakNames, "--break");
  if (!/^[1-9]\d?$/.test(parallelism)) fail(`--parallelism must be 1 to 99, got "${parallelism}"`);
  // A break alone plays only its own scenario.
  const onlyBreaks = broken.length > 0 && !all && wanted.length === 0;
  return {
    environment: environment ?? last,
    scenarios: scenarios.filter(({ name }) => !onlyBreaks && (wanted.length === 0 || wanted.includes(name))),
    breaks: all ? breakNames : broken,
    ...(from && { from }),
    parallelism: Number(parallelism),
    again: values.again ?? false,
    buildOnly: values.build ?? false,
    timePolicies: values["time-policies"] ?? false,
  };
}

/** Operators that a chosen scenario needs and that the environment has. */
export function operatorsToPlay({ scenarios: chosen, breaks: broken }: Options, { operators }: Synthesised) {
  const ofBreaks = breaks.filter(({ name }) => broken.includes(name)).map(({ scenario }) => scenario);
  const played = scenarios.filter((each) => chosen.includes(each) || ofBreaks.includes(each.name));
  const needed = new Set(played.flatMap(({ needs }) => needs?.addOns ?? []));
  return [...needed].filter((name) => name in operators);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: "boolean" },
        break: { type: "string", multiple: true },
        from: { type: "string" },
        parallelism: { type: "string" },
        again: { type: "boolean" },
        build: { type: "boolean" },
        "time-policies": { type: "boolean" },
      },
    });
  } catch (error) {
    return fail((error as Error).message);
  }
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
