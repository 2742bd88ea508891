import { type ChildProcess, spawn } from "node:child_process";
import type { Outcome } from "../../cli/support/process";

/** Programs that run to their end, e.g. `go build` and `helm`. Stopped with the command. */
const running = new Set<ChildProcess>();

/** Runs a program to its end; never throws. With a guard it dies with this process even when nobody can stop it. */
export function runChild(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  guard?: string,
): Promise<Outcome> {
  const [command, all] = guard
    ? [guard, ["run", "-parent", String(process.pid), "--", program, ...args]]
    : [program, [...args]];
  return new Promise((resolve) => {
    const child = spawn(command, all, { env, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const ended = (outcome: Outcome) => {
      running.delete(child);
      resolve(outcome);
    };
    child.on("error", (error) => ended({ code: null, stdout, stderr: error.message }));
    child.on("close", (code) => ended({ code, stdout, stderr }));
  });
}

/** As Ctrl-C would: Go then removes its temporary files. */
export function stopChildren(): void {
  for (const child of running) child.kill("SIGINT");
}
