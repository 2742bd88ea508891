import type { Context } from "../../../cli/platform/context";
import { limits } from "../../../cli/platform/limits";
import { Options, type OptionValues } from "../../../cli/platform/options";
import { makeOutput, type Sink } from "../../../cli/platform/output";
import { defineEnvironments } from "../../../src/environment/define";
import type { EnvironmentConfig } from "../../../src/environment/schema";

/** A stream that keeps what was written. */
export class Collected implements Sink {
  text = "";
  constructor(
    readonly isTTY = false,
    readonly columns = 80,
  ) {}
  write(text: string): void {
    this.text += text;
  }
}

export interface TestContext extends Context {
  readonly stdout: Collected;
  readonly stderr: Collected;
}

/** A context without a terminal, a cloud, or waiting: give what the test is about, `options` and `json` as typed. */
export function testContext(
  given: Partial<Omit<Context, "options">> & {
    readonly options?: OptionValues;
    readonly json?: boolean;
    readonly configs?: readonly EnvironmentConfig[];
  } = {},
): TestContext {
  const { options = {}, json = false, configs = [], ...rest } = given;
  const stdout = new Collected();
  const stderr = new Collected();
  const environments = () => defineEnvironments(configs).environments;
  const missing = (): never => {
    throw new Error("the test gave no google client");
  };
  return {
    command: "deploy",
    name: "dev",
    environments,
    environment: () => {
      const found = environments().find(({ name }) => name === (rest.name ?? "dev"));
      if (!found) throw new Error("the test gave no such environment");
      return found;
    },
    options: new Options(options),
    output: makeOutput(stdout, stderr, { json, env: rest.env ?? {} }),
    env: {},
    root: process.cwd(),
    outdir: "cdktf.out",
    synthesise: () => Promise.resolve(),
    google: { request: missing, token: missing },
    limits,
    now: Date.now,
    sleep: () => Promise.resolve(),
    stop: new AbortController().signal,
    stdout,
    stderr,
    ...rest,
  };
}
