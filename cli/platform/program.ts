import { Command as Commander, CommanderError } from "commander";
import type { Command } from "./command";
import { appOptions } from "./commands/shared-options";
import { makeContext } from "./make-context";
import { Exit, UserError } from "./exit";
import type { OptionValues } from "./options";
import { makeOutput } from "./output";
import type { World } from "./world";

const NOT_STARTED = -1;

/** Parses, runs one command, and gives its exit code. Never throws, never ends the process. */
export async function runProgram(
  commands: readonly Command[],
  args: readonly string[],
  world: World,
): Promise<number> {
  let code = NOT_STARTED;
  const program = new Commander("platform")
    .description("Plan, deploy, check and remove the environments of this repository.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      writeErr: (text) => void world.stderr.write(text),
      outputError: (text, write) => write(text.replace("missing required argument 'env'", whichOne(world))),
      getOutHelpWidth: () => world.stdout.columns || 100,
    })
    .addHelpText("after", "\nplatform <command> --help tells a command's options and exit codes.");
  for (const command of commands)
    define(program, command, async (name, options) => {
      code = await runCommand(command, name, options, world);
    });
  try {
    await program.parseAsync([...spoken(args, commands)], { from: "user" });
    return code === NOT_STARTED ? Exit.ok : code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.ok : Exit.error;
    throw error;
  }
}

/** A word that is no command stands alone: with --help beside it commander would show its help, as if all were well. */
function spoken(args: readonly string[], commands: readonly Command[]): readonly string[] {
  const words = args.filter((each) => !each.startsWith("-"));
  const asked = words[0] === "help" ? words[1] : words[0];
  const known = asked === undefined || commands.some(({ description }) => description.name === asked);
  return known ? args : [asked];
}

function whichOne({ environments }: World): string {
  return `name an environment: ${environments.map(({ name }) => JSON.stringify(name)).join(", ")}`;
}

function define(
  program: Commander,
  { description }: Command,
  action: (name: string, options: OptionValues) => Promise<void>,
): void {
  const { name, summary, environment, ownOnly, options = [], exits } = description;
  const codes = Object.entries(exits).map(([code, meaning]) => `  ${code}  ${meaning}`);
  const defined = program
    .command(name)
    .summary(summary)
    .description(summary)
    .option("--json", "print one JSON document instead of text")
    .addHelpText("after", ["", "Exit codes:", ...codes].join("\n"));
  if (environment === "required") defined.argument("<env>", "name of an environment");
  if (environment === "optional") defined.argument("[env]", "name of an environment; all when left out");
  for (const option of [...(ownOnly ? [] : appOptions), ...options])
    defined.option(option.flags, option.summary, option.default);
  defined.action((...given: unknown[]) => {
    const named = environment === "none" ? "" : given[0];
    return action(typeof named === "string" ? named : "", defined.opts<OptionValues>());
  });
}

async function runCommand(
  command: Command,
  name: string,
  options: OptionValues,
  world: World,
): Promise<number> {
  const output = makeOutput(world.stdout, world.stderr, { json: options["json"] === true, env: world.env });
  try {
    return await command.run(makeContext(command.description.name, name, options, output, world));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const known =
      error instanceof Error && ["UserError", "EnvironmentError", "GoogleError"].includes(error.name);
    output.problem(known && !world.env["DEBUG"] ? `error: ${message}` : describe(error));
    output.result({ error: message });
    return error instanceof UserError ? error.code : Exit.error;
  }
}

function describe(error: unknown): string {
  return `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
