import type { Environment } from "../../src/environment/define";
import type { GoogleClient } from "./google/client";
import type { Limits } from "./limits";
import type { Options } from "./options";
import type { Output } from "./output";

/** Everything that a command may touch of the world outside. */
export interface Context {
  /** The command's own name, for "run this again". */
  readonly command: string;
  /** The environment named on the command line; "" where none was. */
  readonly name: string;
  /** The named environment, read and checked. Throws the problems of the files, or the names that exist. */
  readonly environment: () => Environment;
  /** Every environment of the repository. */
  readonly environments: () => readonly Environment[];
  readonly options: Options;
  readonly output: Output;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the repository: where `cdktf.json` lies. */
  readonly root: string;
  /** Folder that a synthesis writes to. */
  readonly outdir: string;
  /** Runs the program that synthesises; throws its message when it fails. */
  readonly synthesise: () => Promise<void>;
  readonly google: GoogleClient;
  readonly limits: Limits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Aborted when somebody asks the command to stop: Ctrl-C, SIGTERM, a closed terminal. */
  readonly stop: AbortSignal;
  /** Asks the person at the terminal; undefined where there is nobody to ask. */
  readonly ask?: (question: string) => Promise<string>;
}
