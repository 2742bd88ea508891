import type { Context } from "./context";

/** The command that was given, and what it was given for. */
export type Given = Pick<Context, "command" | "name"> & Partial<Pick<Context, "options">>;

/** A command to run in its place or again, whole: `npm run platform -- deploy dev --unlock 42`. */
export function commandLine({ command, name, options }: Given, ...more: readonly string[]): string {
  const given = (["app", "example"] as const).flatMap((key) => {
    const value = options?.text(key);
    return value === undefined ? [] : [`--${key}`, value];
  });
  const parts = [command, name, ...given, ...more];
  return `npm run platform -- ${parts.join(" ")}`;
}
