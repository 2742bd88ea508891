import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execute } from "../support/process";
import type { ScanFinding } from "./waivers";

const requirements = "scan/requirements.txt";

/** Checkov, or what stood in its way, cannot be had on this machine. */
export class Unavailable extends Error {}

/** The program, in an environment of its own; made when it is not there, or when the pinned versions have changed. */
export async function checkovProgram(): Promise<string> {
  const pins = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = join(".venv", `checkov-${pins}`);
  const program = join(folder, "bin", "checkov");
  const whole = join(folder, "installed");
  if (existsSync(whole)) return program;
  console.error(`installing checkov into ${folder} (once)`);
  await must("python3", ["-m", "venv", "--clear", folder]);
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--require-hashes",
    "-r",
    requirements,
  ];
  await must(join(folder, "bin", "python"), pip);
  await must(join(folder, "bin", "python"), ["-c", `open(${JSON.stringify(whole)}, "w").close()`]);
  return program;
}

async function must(program: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await execute(program, args);
  if (code !== 0) throw new Unavailable(`${program} ${args.join(" ")} failed:\n${stderr.trim()}`);
}

export interface Scan {
  readonly passed: number;
  readonly findings: readonly ScanFinding[];
}

interface CheckovReport {
  readonly check_type?: string;
  readonly summary?: { readonly passed: number; readonly failed: number; readonly parsing_errors: number };
  readonly results?: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
      readonly file_path: string;
    }[];
  };
}

/** Runs checkov over a folder of `<stack>/…` and reads what it found. Asks nothing of the network. */
export async function scan(program: string, folder: string): Promise<Scan> {
  const { stdout, stderr } = await execute(program, [
    ...["--directory", folder, "--framework", "terraform_plan", "kubernetes", "--output", "json"],
    ...["--skip-download", "--soft-fail", "--quiet", "--compact"],
  ]);
  // Checkov swallows the crash of a check: without this line it would count as passed.
  if (/^Traceback/m.test(stderr)) throw new Error(`checkov crashed in a check:\n${stderr.trim()}`);
  return readReports(stdout);
}

/** One report, or a list of them: checkov prints either. */
export function readReports(text: string): Scan {
  const parsed = JSON.parse(text) as CheckovReport | CheckovReport[];
  const reports = Array.isArray(parsed) ? parsed : [parsed];
  const unread = reports.reduce((sum, { summary }) => sum + (summary?.parsing_errors ?? 0), 0);
  if (unread > 0) throw new Error(`checkov could not read ${unread} files`);
  return {
    passed: reports.reduce((sum, { summary }) => sum + (summary?.passed ?? 0), 0),
    findings: reports.flatMap(({ results }) => (results?.failed_checks ?? []).map(findingOf)),
  };
}

type Failed = NonNullable<CheckovReport["results"]>["failed_checks"][number];

function findingOf({ check_id, check_name, resource, file_path }: Failed): ScanFinding {
  const stack = file_path.replace(/^\//, "").split("/")[0] ?? "";
  return {
    check: check_id,
    title: check_name,
    // What is made before an environment, by its owners, is judged by itself.
    environment: stack.endsWith("-bootstrap") ? stack : stack.replace(/-[^-]*$/, ""),
    resource,
    where: stack,
  };
}
