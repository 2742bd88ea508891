import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gpuOf } from "../../../constructs/kueue/gpus";
import { defineEnvironments, type Environment } from "../../../src/environment/define";
import type { EnvironmentConfig } from "../../../src/environment/schema";
import { environmentFile } from "../../environments/environment-file";
import { follow } from "../../environments/followers";
import { freeRanges } from "../../environments/free-ranges";
import { withEnvironment } from "../../environments/index-file";
import type { Command } from "../command";
import type { Context } from "../context";
import { Exit, UserError } from "../exit";

/** Quota of each GPU that a new team gets: one node of the largest kind. */
const GPUS = 8;

const WAYS = ["on-demand", "flex-start", "queued", "spot"] as const;

const questions = {
  project: { summary: "Google Cloud project, made already", usual: undefined },
  region: { summary: "region of everything", usual: "us-central1" },
  bucket: { summary: "bucket for Terraform's state; bootstrap makes it", usual: "<project>-terraform-state" },
  team: { summary: "name of its first team", usual: "research" },
  flyteProjects: { summary: "that team's Flyte projects, with commas between", usual: "experiments" },
  gpus: {
    summary: 'GPUs, with commas between, by the names of `npm run gpus`; "none" for none',
    usual: "none",
  },
} as const;

type Answers = Readonly<Record<keyof typeof questions, string>>;

/** Makes an environment, and all in this repository that belongs to one. Touches nothing of Google's. */
export const newEnvironment: Command = {
  description: {
    name: "new",
    summary: "make an environment: its file, its place in the list, its jobs in CI; asks what it must know",
    environment: "required",
    ownOnly: true,
    options: [
      ...Object.entries(questions).map(([name, { summary, usual }]) => ({
        flags: `--${name.replace("P", "-p")} <${name === "bucket" ? "bucket" : "value"}>`,
        summary: usual ? `${summary} (usually ${usual})` : summary,
      })),
      { flags: "--unprotected", summary: "for trying things out: nothing keeps it from being deleted" },
    ],
    exits: {
      [Exit.ok]: "the files are written",
      [Exit.error]: "something in the answers is wrong; nothing is written",
    },
  },
  run: async (context) => {
    const { name, root, output } = context;
    const file = join("src", "environments", `${name}.ts`);
    if (existsSync(join(root, file)))
      throw new UserError(`${file} is there already; edit it, or choose another name`);
    if (RESERVED.has(name))
      throw new UserError(`name must not be a word of JavaScript, got ${JSON.stringify(name)}`);
    const others = context.environments();
    const config = configOf(name, await answers(context), {
      network: freeRanges(others),
      github: commonRepository(others),
      unprotected: context.options.flag("unprotected"),
    });
    // Wrong answers are told as wrong files are, all at once, before anything is written.
    const [added] = defineEnvironments([config]).environments;
    if (!added) throw new Error("an environment was defined and is not there");
    const index = join(root, "src", "environments", "index.ts");
    const changedIndex = withEnvironment(readFileSync(index, "utf8"), name);
    writeFileSync(join(root, file), environmentFile(config));
    writeFileSync(index, changedIndex);
    const followed = follow(root, [...others, added]);
    const written = [file, "src/environments/index.ts", ...followed];
    for (const line of [...written.map((each) => `written  ${each}`), "", ...next(name)]) output.line(line);
    output.result({ written });
    return Exit.ok;
  },
};

async function answers({ options, ask }: Context): Promise<Answers> {
  const given: Record<string, string> = {};
  const missing: string[] = [];
  for (const [key, { summary, usual }] of Object.entries(questions)) {
    const standard = usual?.replace("<project>", given["project"] ?? "");
    const answer =
      options.text(key) ?? (ask && (await ask(`${summary}${standard ? ` [${standard}]` : ""}: `)).trim());
    const value = answer || standard;
    if (value) given[key] = value;
    else missing.push(`--${key}`);
  }
  if (missing.length > 0)
    throw new UserError(`${missing.join(", ")} must be given where nobody can be asked`);
  return given as Answers;
}

/** What follows from the other environments, and from the command line. */
interface Given {
  readonly network: ReturnType<typeof freeRanges>;
  readonly github: { readonly repository: string } | undefined;
  readonly unprotected: boolean;
}

/** The repository that deploys the others: its workflows have jobs for this one, too. */
function commonRepository(others: readonly Environment[]): Given["github"] {
  const [repository, ...more] = new Set(others.flatMap(({ github }) => (github ? [github.repository] : [])));
  return repository === undefined || more.length > 0 ? undefined : { repository };
}

function configOf(
  name: string,
  { project, region, bucket, team, flyteProjects, gpus }: Answers,
  { network, github, unprotected }: Given,
): EnvironmentConfig {
  const kinds = gpus === "none" ? [] : words(gpus);
  const each = <Value>(value: (gpu: string) => Value) =>
    Object.fromEntries(kinds.map((gpu) => [gpu, value(gpu)]));
  return {
    name,
    project,
    region,
    state: { bucket },
    ...(github && { github }),
    ...(unprotected && { deletionProtection: false, database: { highAvailability: false } }),
    network,
    queues: {
      ...(kinds.length > 0 && { flavors: each(flavorOf) }),
      teams: {
        [team]: {
          projects: words(flyteProjects),
          cpu: 64,
          memoryGib: 256,
          ...(kinds.length > 0 && { gpus: each(() => GPUS) }),
        },
      },
    },
  } as EnvironmentConfig;
}

/** Its smallest node, by the plainest way that Google offers it. An unknown GPU is answered with those that there are. */
function flavorOf(gpu: string): object {
  const [node] = gpuOf(gpu)?.nodes ?? [];
  const provisioning = WAYS.find((way) => node?.modes.includes(way)) ?? "on-demand";
  return { gpu, ...(node && node.gpus > 1 && { gpusPerNode: node.gpus }), provisioning };
}

const words = (text: string): string[] => text.split(",").map((word) => word.trim());

function next(name: string): string[] {
  return [
    "Next:",
    `  look at src/environments/${name}.ts: teams, quotas, access; the order in index.ts is that of CI's deploys`,
    "  npm start",
    "  npm test -- -u                       # records what its stacks hold; read the diff, then commit",
    `  npm run platform -- bootstrap ${name}`,
    `  npm run platform -- doctor ${name}`,
    `  npm run platform -- deploy ${name}`,
  ];
}

/** What a file may not export under its own name, of what an environment could be called. */
const RESERVED = new Set(
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield".split(
    " ",
  ),
);
