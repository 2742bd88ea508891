import type { EnvironmentConfig } from "./environment/schema";

/** The argument by which a program says its environments, and writes nothing. */
export const LIST = "--list-environments";

/** Says them where that is asked for. Only what was judged before is said: it is plain data, as JSON is. */
export function listed(configs: readonly EnvironmentConfig[]): boolean {
  if (!process.argv.includes(LIST)) return false;
  process.stdout.write(JSON.stringify(configs));
  return true;
}
