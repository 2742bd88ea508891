import { App, type AppConfig } from "cdktf";
import { EnvironmentStacks } from "../stacks/environment-stacks";
import type { Environment } from "./environment/define";

/** What the fork of CDKTF asks for: from here on there are write-only arguments and ephemeral resources. CDKTF ignores it. */
const targetVersions = { terraform: ">=1.11.0" };

/** Every environment's four stacks in one app. Writes nothing: call `.synth()` on what it returns. */
export function buildApp(environments: readonly Environment[], config: AppConfig = {}): App {
  const app = new App({ ...config, context: { targetVersions, ...config.context } });
  for (const environment of environments) new EnvironmentStacks(app, environment);
  return app;
}
