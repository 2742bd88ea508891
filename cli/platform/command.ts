// How a command plugs in:
//
// 1. Write commands/<name>.ts, which exports one `Command`: a plain description, and a function from a context to an
//    exit code.
// 2. Add it to the list in commands/index.ts. Help, parsing, --json, colours, signals and errors are the frame's.
//
// A command reads nothing of the process by itself: no process.env, no console, no Date.now(). Everything comes with
// its context, so that a test calls `run(testContext({…}))` (test/cli/platform/test-context.ts) without a terminal.
// It returns an exit code (exit.ts), or throws a `UserError` with the text to show. People read what goes through
// `context.output`; with --json they get exactly one document: what was given to `context.output.result(…)`.
import type { Context } from "./context";

export interface Option {
  /** As commander writes them: "--markdown <file>", "--yes", "--allow-replace <address...>". */
  readonly flags: string;
  readonly summary: string;
  readonly default?: string;
}

export interface CommandDescription {
  /** The word after `platform`. */
  readonly name: string;
  readonly summary: string;
  /** Whether the command is about one environment, named as its argument. */
  readonly environment: "required" | "optional" | "none";
  /** Set where it is about this repository's own files: no example, and no other program, will do. @default false */
  readonly ownOnly?: true;
  readonly options?: readonly Option[];
  /** What its exit codes mean, for its help. */
  readonly exits: Readonly<Record<number, string>>;
}

export interface Command {
  readonly description: CommandDescription;
  readonly run: (context: Context) => Promise<number>;
}
