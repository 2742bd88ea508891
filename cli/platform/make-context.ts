import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineEnvironments, type Environment } from "../../src/environment/define";
import { execute } from "../support/process";
import type { Context } from "./context";
import { appOf } from "./app";
import { UserError } from "./exit";
import { googleClient } from "./google/client";
import { credentials } from "./google/credentials";
import { type Limits, limits as standard } from "./limits";
import { Options, type OptionValues } from "./options";
import type { Output } from "./output";
import type { World } from "./world";

export function makeContext(
  command: string,
  name: string,
  values: OptionValues,
  output: Output,
  world: World,
): Context {
  const { env, root, now, sleep, stop, ask } = world;
  const options = new Options(values);
  const limits = limitsFrom(options);
  const outdir = resolve(root, env["CDKTF_OUTDIR"] ?? "cdktf.out");
  const app = appOf(root, options, world.environments);
  const environments = once(() => {
    const configs = app.configs();
    return configs.length === 0 ? [] : defineEnvironments(configs).environments;
  });
  return {
    command,
    name,
    environments,
    environment: () => named(environments(), name),
    options,
    output,
    env,
    root,
    outdir,
    synthesise: async () => {
      mkdirSync(outdir, { recursive: true });
      const { program } = app;
      const { code, stderr } = await execute(process.execPath, [resolve(root, program)], {
        CDKTF_OUTDIR: outdir,
      });
      for (const line of said(stderr, name)) output.note(line);
      if (code !== 0) throw new UserError(`${program} did not synthesise`);
    },
    google: googleClient({ env, limits, now, sleep, ...credentials(env, limits.request) }),
    limits,
    now,
    sleep,
    stop,
    ...(ask ? { ask } : {}),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function named(environments: readonly Environment[], name: string): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  if (environments.length === 0)
    throw new UserError(
      "the program that --app names says nothing of its environments; let it call synth of src/synth.ts",
    );
  const known = environments.map((environment) => JSON.stringify(environment.name)).join(", ");
  throw new UserError(`environment must be one of ${known}, got ${JSON.stringify(name)}`);
}

/** What the synthesis said, less its warnings about other environments. */
function said(text: string, name: string): readonly string[] {
  const other = (line: string) =>
    line.startsWith("warning: environment ") &&
    !line.startsWith(`warning: environment ${JSON.stringify(name)}:`);
  return text.split("\n").filter((line) => line.trim() !== "" && !other(line));
}

function limitsFrom(options: Options): Limits {
  return {
    ...standard,
    request: seconds(options, "requestLimit") ?? standard.request,
    saving: seconds(options, "saveLimit") ?? standard.saving,
    lock: seconds(options, "lockWait") ?? standard.lock,
    quiet: seconds(options, "quietLimit") ?? standard.quiet,
  };
}

function seconds(options: Options, name: string): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0))
    throw new UserError(
      `--${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)} must be a number of seconds, got ${JSON.stringify(text)}`,
    );
  return value * 1000;
}
