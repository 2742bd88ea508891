import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { Exit } from "./exit";
import type { Sink } from "./output";

/** The process, as far as the commands know it. A test gives its own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly root: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** What the environment files export. */
  readonly environments: readonly EnvironmentConfig[];
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly stop: AbortSignal;
  readonly ask?: (question: string) => Promise<string>;
}

/** The real one. A first signal asks to stop, a second one leaves at once. */
export function processWorld(environments: readonly EnvironmentConfig[]): World {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => onSignal(stop, performance.now()));
  // Google's library warns of every machine that is not one of Google's; what matters is said with the credentials.
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    if (name !== "MetadataLookupWarning") process.stderr.write(`${name}: ${message}\n`);
  });
  // A terminal that went away must not end the run before Terraform has saved its state.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return {
    env: process.env,
    root: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    environments,
    now: Date.now,
    sleep: (milliseconds) => sleep(milliseconds),
    stop: stop.signal,
    ...(process.stdin.isTTY ? { ask: (question: string) => ask(question, stop.signal) } : {}),
  };
}

let asked: number | undefined;
/** npm hands a Ctrl-C on that the terminal has sent already. */
const SAME_SIGNAL = 1_000;

function onSignal(stop: AbortController, now: number): void {
  if (asked === undefined) {
    asked = now;
    stop.abort();
    process.stderr.write(
      "stopping: Terraform ends what it has begun and writes it down; again to leave it to that\n",
    );
  } else if (now - asked > SAME_SIGNAL) {
    // It runs in a session of its own and needs nobody (docs/decisions/0010).
    process.stderr.write("left: a Terraform that still runs ends by itself, and then gives its lock back\n");
    process.exit(Exit.error);
  }
}

/** The answer; "" when the question was answered with Ctrl-C. */
async function ask(question: string, stop: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return await terminal.question(question, { signal: stop });
  } catch {
    return "";
  } finally {
    terminal.close();
  }
}
