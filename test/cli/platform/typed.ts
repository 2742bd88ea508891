import { commands } from "../../../cli/platform/commands";
import { runProgram } from "../../../cli/platform/program";
import { Collected } from "./test-context";

/** The `npm run platform -- …` in a text: up to what cannot be part of a command. */
export function platformCommands(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/npm run platform -- ([^;,()\n]+)/g)].map(([, words = ""]) =>
    words.trim().split(/\s+/),
  );
}

/** What the program says against a command as somebody would type it; "" when it has that command and those options. */
export async function refusalOf(words: readonly string[]): Promise<string> {
  const stderr = new Collected();
  const parsed = commands.map((command) => ({ ...command, run: () => Promise.resolve(0) }));
  const code = await runProgram(parsed, words, {
    env: {},
    root: "/nowhere",
    stdout: new Collected(),
    stderr,
    environments: [],
    now: () => 0,
    sleep: () => Promise.resolve(),
    stop: new AbortController().signal,
  });
  return code === 0 ? "" : stderr.text;
}
