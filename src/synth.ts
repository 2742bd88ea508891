import type { AppConfig } from "cdktf";
import { buildApp } from "./app";
import { defineEnvironments } from "./environment/define";
import type { EnvironmentConfig } from "./environment/schema";
import { listed } from "./listing";
import { lockProviders } from "./provider-lock";
import { withoutStackTraces } from "./without-stack-traces";

/**
 * The command behind every `main.ts`: environments in, Terraform JSON out.
 *
 * A mistake ends with its message and exit code 1 before anything is written; `DEBUG=1` adds the stack trace.
 *
 * @param folder where the environment files live, for the error messages
 */
export function synth(configs: readonly EnvironmentConfig[], folder: string, config: AppConfig = {}): void {
  const debug = Boolean(process.env["DEBUG"]);
  const write = () => {
    const { environments, warnings } = defineEnvironments(configs, folder);
    if (listed(configs)) return;
    for (const warning of warnings) console.warn(`warning: ${warning}`);
    const app = buildApp(environments, config);
    app.synth();
    lockProviders(app.outdir);
  };
  try {
    if (debug) write();
    else withoutStackTraces(write);
  } catch (error) {
    console.error(debug ? error : `error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
