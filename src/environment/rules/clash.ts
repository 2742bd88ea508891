import type { Problem } from "../problems";
import type { Environment } from "../schema";

/** An environment as far as it could be read. */
export type Readable = Partial<Environment>;

/** One of several environments, and the file that it comes from. */
export interface Sourced {
  readonly environment: Readable;
  readonly file: string;
}

/** Something that two environments must not have in common. */
export interface Clash {
  readonly between: (environment: Readable, earlier: Readable) => boolean;
  readonly problem: (environment: Readable, earlier: Sourced) => Problem;
}
