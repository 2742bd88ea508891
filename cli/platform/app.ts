import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { fileOf } from "../../src/environment/file-of";
import { LIST } from "../../src/listing";
import { UserError } from "./exit";
import type { Options } from "./options";

const PROGRAM = "dist/src/main.js";
const FOLDER = "src/environments";

/** The program that says what an environment is, and synthesises it: the repository's, an example's, or one of one's own. */
export interface App {
  /** Where its bundle lies, from the repository's root. */
  readonly program: string;
  /** What it makes environments from; none where it does not say so. */
  readonly configs: () => readonly EnvironmentConfig[];
}

/** The one place that knows which program a command is about. Whether that is there is asked when it is needed. */
export function appOf(root: string, options: Options, own: readonly EnvironmentConfig[]): App {
  const program = programOf(options);
  if (program === undefined) return { program: PROGRAM, configs: () => own };
  return {
    get program() {
      return existing(root, options, program);
    },
    configs: () => listed(root, existing(root, options, program)),
  };
}

/** The file of an environment, as a message names it. */
export function environmentFile(name: string, options?: Options): string {
  const program = options && programOf(options);
  return fileOf(name, program === undefined ? FOLDER : dirname(program).replace(/^dist\//, ""));
}

/** `examples/minimal/main.ts` and its folder mean the bundle of it. */
function programOf(options: Options): string | undefined {
  const [app, example] = [options.text("app"), options.text("example")];
  if (app !== undefined && example !== undefined)
    throw new UserError("--app and --example both name the program; give one of them");
  if (example !== undefined) return `dist/examples/${example}/main.js`;
  if (app === undefined) return undefined;
  const source = app.replace(/\/$/, "");
  if (/^(\.\/)?(src|examples)(\/[\w-]+)*$/.test(source)) return `dist/${source.replace("./", "")}/main.js`;
  return /\.ts$/.test(source) ? join("dist", source.replace(/\.ts$/, ".js")) : app;
}

function existing(root: string, options: Options, program: string): string {
  if (existsSync(resolve(root, program)) && /\.[cm]?js$/.test(program)) return program;
  const examples = examplesIn(root);
  const example = options.text("example");
  if (example !== undefined)
    throw new UserError(`--example must be one of ${examples.join(", ")}, got ${JSON.stringify(example)}`);
  const given = options.text("app") ?? "";
  const why = existsSync(resolve(root, given)) ? "which is no program" : "which is not there";
  throw new UserError(
    `--app must be a program that calls synth, such as "examples/minimal/main.ts", got ${JSON.stringify(given)}, ${why}; --example takes one of ${examples.join(", ")}`,
  );
}

function examplesIn(root: string): readonly string[] {
  const folder = join(root, "dist", "examples");
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => JSON.stringify(name))
    : [];
}

/** Asks the program: what it imports, only it knows. None where it says nothing: one that does not call synth. */
function listed(root: string, program: string): readonly EnvironmentConfig[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(root, program), LIST], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0)
    throw new UserError(stderr.trim().replace(/^error: /, "") || `${program} did not say its environments`);
  if (stdout.trim() === "") return [];
  try {
    return JSON.parse(stdout) as readonly EnvironmentConfig[];
  } catch {
    throw new UserError(
      `${basename(program)} must say its environments, got ${JSON.stringify(stdout.trim().slice(0, 80))}; let it call synth of src/synth.ts`,
    );
  }
}
