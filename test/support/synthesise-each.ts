import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { type StackJson, synthesise } from "./synth";

/** The stacks of each environment, synthesised by itself. */
export function synthesiseEach(configs: readonly EnvironmentConfig[]): Record<string, StackJson>[] {
  return configs.map((config) =>
    synthesise((outdir) => buildApp(defineEnvironments([config]).environments, { outdir })),
  );
}
