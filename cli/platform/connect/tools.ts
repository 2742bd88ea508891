import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Context } from "../context";
import { Exit, UserError } from "../exit";

const installs: Readonly<Record<string, string>> = {
  gcloud: "cloud.google.com/sdk/docs/install",
  kubectl: "gcloud components install kubectl (a packaged gcloud: apt-get install kubectl)",
  "gke-gcloud-auth-plugin":
    "gcloud components install gke-gcloud-auth-plugin (a packaged gcloud: apt-get install google-cloud-cli-gke-gcloud-auth-plugin)",
};

/** Fails unless every program is on the PATH. */
export function needTools({ env }: Context, ...programs: readonly string[]): void {
  const folders = (env["PATH"] ?? "").split(delimiter);
  const missing = programs.filter((program) => !folders.some((folder) => isProgram(join(folder, program))));
  if (missing.length === 0) return;
  const fixes = missing.map(
    (program) => `${program} is not on the PATH; install it: ${installs[program] ?? program}`,
  );
  throw new UserError(fixes.join("\n"), Exit.toolMissing);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface ToolRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a shell command with a kubeconfig of its own, until it ends, somebody asks to stop, or its limit is over. */
export function runTool(
  { env, stop }: Context,
  command: string,
  settings: {
    readonly kubeconfig: string;
    readonly limit?: number;
    readonly onText?: (text: string) => void;
  },
): Promise<ToolRun> {
  return new Promise((resolve) => {
    const child = spawn("sh", ["-c", command], {
      env: { ...env, KUBECONFIG: settings.kubeconfig },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: a command may be two programs side by side.
      detached: true,
    });
    const end = () => endGroup(child.pid);
    const timer = settings.limit ? setTimeout(end, settings.limit) : undefined;
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += String(chunk);
      settings.onText?.(String(chunk));
    });
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    if (stop.aborted) end();
    stop.addEventListener("abort", end, { once: true });
    child.on("error", (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.on("close", (code) => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      resolve({ code, stdout, stderr });
    });
  });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid, "SIGTERM");
  } catch {
    // Gone already.
  }
}
