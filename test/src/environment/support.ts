import { defineEnvironments, type EnvironmentConfig } from "../../../src/environment/define";
import { EnvironmentError } from "../../../src/environment/problems";

/** The least that an environment must say. No deletionProtection, so that only what a test is about is judged. */
export const least: EnvironmentConfig = {
  name: "demo",
  project: "acme-demo",
  region: "us-central1",
  state: { bucket: "acme-state" },
  deletionProtection: false,
  queues: { teams: { research: { projects: ["vision"], cpu: 32, memoryGib: 128 } } },
};

/** The least, changed. Takes what no type would let through: that is what is tested. */
export function config(changes: Record<string, unknown> = {}): EnvironmentConfig {
  return { ...least, ...changes } as EnvironmentConfig;
}

/** The whole message for these environments; empty when they are fine. */
export function messageFor(...configs: unknown[]): string {
  try {
    // A folder that is not there: whatever environments a fork has, messages name the same files.
    defineEnvironments(configs as EnvironmentConfig[], "environments");
    return "";
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
}

/** The problems of one environment, without the line that says whose they are. */
export function problemsFor(changes: Record<string, unknown>): string[] {
  return messageFor(config(changes))
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^- /, ""));
}

/** The warnings of one environment, without the words that say whose they are. */
export function warningsFor(changes: Record<string, unknown>): string[] {
  return defineEnvironments([config(changes)]).warnings.map((warning) =>
    warning.replace(/^environment "\w+": /, ""),
  );
}
