import { spawn } from "node:child_process";

/** How a program ended. `code` is null when it never started or was killed. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end without a terminal; never throws. `env` is added to the caller's. */
export function execute(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    child.on("error", (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs terraform as a program does: no prompts, no look for a newer version. */
export function terraform(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  return execute("terraform", args, { TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1", ...env });
}
