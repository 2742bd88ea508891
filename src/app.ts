import { App, type AppConfig } from "cdktf";
import { EnvironmentStacks } from "../stacks/environment-stacks";
import type { Environment } from "./environment/define";

/** Every environment's four stacks in one app. Writes nothing: call `.synth()` on what it returns. */
export function buildApp(environments: readonly Environment[], config: AppConfig = {}): App {
  const app = new App(config);
  for (const environment of environments) new EnvironmentStacks(app, environment);
  return app;
}
