import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { full } from "./environments/full";
import { RUN_FOLDER } from "./run-folder";
import { shipped } from "./shipped";
import type { StackJson } from "./synth";
import type * as Each from "./synthesise-each";

export interface Synthesised {
  readonly config: EnvironmentConfig;
  /** By name, e.g. `dev-platform`. */
  readonly stacks: Record<string, StackJson>;
}

/** Each shipped environment alone: examples and environments may share names. Synthesised once a run. */
export function shippedStacks(): Synthesised[] {
  return synthesised(
    "shipped",
    shipped.map(({ config }) => config),
  );
}

/** Those, and one with everything on: a fork may have no environment with keys of its own, or eyes on its queues. */
export function shippedAndFull(): Synthesised[] {
  return [...shippedStacks(), ...synthesised("full", [full])];
}

function synthesised(name: string, configs: readonly EnvironmentConfig[]): Synthesised[] {
  const file = join(process.env[RUN_FOLDER]!, `${name}.json`);
  if (!existsSync(file)) {
    // To load what synthesises takes as long as to synthesise.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where nobody has done it yet
    const { synthesiseEach } = require("./synthesise-each") as typeof Each;
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(synthesiseEach(configs)));
    renameSync(`${file}.${process.pid}`, file);
  }
  const stacks = JSON.parse(readFileSync(file, "utf8")) as Synthesised["stacks"][];
  return configs.map((config, index) => ({ config, stacks: stacks[index]! }));
}
