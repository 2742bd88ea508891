import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Limits } from "../limits";
import { type Diagnostic, type Message, parseMessage } from "./messages";
import { Tail } from "./tail";

/** How a run of Terraform ended. */
export type Ending =
  | { readonly how: "exited"; readonly code: number }
  /** By somebody else: out of memory, an operator, a machine that shuts down. */
  | { readonly how: "killed"; readonly signal: string }
  /** By us, after it gave no sign of life. */
  | { readonly how: "stalled"; readonly seconds: number }
  | { readonly how: "missing"; readonly reason: string };

export interface RunResult {
  readonly ending: Ending;
  readonly diagnostics: readonly Diagnostic[];
  /** What it wrote that was no message: of use when there is no diagnostic. */
  readonly text: readonly string[];
}

export interface RunSettings {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: Limits;
  readonly stop: AbortSignal;
  /** From asking it to stop until it is killed, in milliseconds. */
  readonly stopping: number;
  /** File that keeps what Terraform writes. */
  readonly log: string;
  readonly onMessage?: (message: Message) => void;
}

const POLL = 50;
const TEXT_LINES = 40;

/**
 * Runs Terraform in a session of its own and with a file as its output: a closed terminal, a second Ctrl-C or the end
 * of this process can't cut it off between making a thing and writing it down (docs/decisions/0010).
 */
export async function runTerraform(args: readonly string[], settings: RunSettings): Promise<RunResult> {
  const { folder, log, limits, stopping, stop, onMessage } = settings;
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, "w", 0o600);
  const child = spawn("terraform", [`-chdir=${folder}`, ...args], {
    env: environmentOf(settings.env),
    stdio: ["ignore", output, output],
    detached: true,
  });
  closeSync(output);

  const diagnostics: Diagnostic[] = [];
  const text: string[] = [];
  const tail = new Tail(log, (line) => {
    const message = parseMessage(line);
    if (message?.type === "diagnostic") diagnostics.push(message.diagnostic);
    else if (message) onMessage?.(message);
    else if (!line.startsWith("{") && line.trim() !== "") text.push(stripVTControlCharacters(line));
  });

  let lastSign = performance.now();
  let stalled = false;
  let killer: NodeJS.Timeout | undefined;
  const poll = setInterval(() => {
    if (tail.read()) lastSign = performance.now();
    if (stalled || performance.now() - lastSign < limits.quiet) return;
    stalled = true;
    child.kill("SIGINT");
    killer = setTimeout(() => killGroup(child.pid), stopping);
  }, POLL);
  const interrupt = () => void child.kill("SIGINT");
  stop.addEventListener("abort", interrupt, { once: true });

  try {
    const ending = await new Promise<Ending>((resolve) => {
      child.on("error", (error) => resolve({ how: "missing", reason: error.message }));
      child.on("exit", (code, signal) =>
        resolve(
          stalled
            ? { how: "stalled", seconds: limits.quiet / 1000 }
            : code === null
              ? { how: "killed", signal: String(signal) }
              : { how: "exited", code },
        ),
      );
    });
    if (ending.how === "killed" || ending.how === "stalled") killGroup(child.pid);
    tail.read();
    return { ending, diagnostics, text: text.slice(-TEXT_LINES) };
  } finally {
    clearInterval(poll);
    clearTimeout(killer);
    stop.removeEventListener("abort", interrupt);
    tail.close();
  }
}

/** With its providers, which a killed Terraform leaves behind. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

/** The caller's, less what would make two stacks share a folder or a stack use another state. */
function environmentOf(env: RunSettings["env"]): NodeJS.ProcessEnv {
  const { TF_WORKSPACE: _workspace, TF_DATA_DIR: _data, ...kept } = env;
  return { ...kept, TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
}
