import { readdirSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../src/environments";
import type { EnvironmentConfig } from "../../src/environment/schema";

/** An environment that the repository ships, and the folder that its file is in. */
export interface Shipped {
  readonly folder: string;
  readonly config: EnvironmentConfig;
}

/** The repository's own environments, and each example's: every file beside an example's `main.ts` is one. */
export const shipped: readonly Shipped[] = [
  ...environments.map((config) => ({ folder: "src/environments", config })),
  ...readdirSync("examples", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join("examples", entry.name))
    .sort()
    .flatMap((folder) => environmentsIn(folder).map((config) => ({ folder, config }))),
];

function environmentsIn(folder: string): EnvironmentConfig[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && file !== "main.ts")
    .sort()
    .flatMap((file) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is the folder's to say
      return Object.values(require(join("..", "..", folder, file)) as Record<string, EnvironmentConfig>);
    });
}
