import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { execute } from "./process";

/** flytekit 1.16 takes these; later ones find no wheel. */
const VERSIONS = ["3.12", "3.11", "3.10"] as const;

/** Python, or its packages, cannot be had: nothing is said about what was to be checked. */
export class PythonUnavailable extends Error {}

export interface Python {
  readonly command: string;
  readonly version: string;
}

/**
 * The first command that really runs a Python of those versions. Asked, not guessed: pyenv leaves a `python3.12` in the
 * path that only says that it is switched off.
 */
export async function findPython(
  candidates: readonly string[] = [...VERSIONS.map((version) => `python${version}`), "python3", "python"],
): Promise<Python> {
  const seen: string[] = [];
  for (const command of candidates) {
    const { code, stdout } = await execute(command, [
      "-c",
      "import sys; print('%d.%d' % sys.version_info[:2])",
    ]);
    const version = stdout.trim();
    if (code !== 0) continue;
    if (VERSIONS.some((known) => known === version)) return { command, version };
    seen.push(`${command} is ${version}`);
  }
  throw new PythonUnavailable(
    `Python ${VERSIONS.toReversed().join(", ")} is needed, found ${seen.join(", ") || "none"}; install one, or set PYTHON to one`,
  );
}

/**
 * A virtual environment that holds exactly what some `requirements.txt` say, made when there is none yet. They name all
 * that is needed: what a package asks for beyond them stays away.
 *
 * Its folder is named after what is in it, so that another list or another Python gets another one; those that nothing
 * names any more are removed.
 *
 * @returns The environment's own Python.
 */
export async function virtualEnvironment(
  requirements: readonly [string, ...string[]],
  python: Python,
  parent = ".venv",
): Promise<string> {
  const prefix = `${basename(dirname(requirements[0]))}-`;
  const key = createHash("sha256").update(python.version);
  for (const file of requirements) key.update(readFileSync(file));
  const folder = join(parent, prefix + key.digest("hex").slice(0, 12));
  const program = join(folder, "bin", "python");
  // Written last: an environment without it is half of one.
  const complete = join(folder, "complete");
  if (existsSync(complete)) return program;

  console.log(`making ${folder} with Python ${python.version}, once: a minute or two …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(parent, { recursive: true });
  const made = await execute(python.command, ["-m", "venv", folder]);
  if (made.code !== 0)
    throw new PythonUnavailable(
      `${python.command} -m venv failed; on Debian and Ubuntu install python3-venv:\n${lastLines(made.stdout + made.stderr)}`,
    );
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
  const files = requirements.flatMap((file) => ["--requirement", file]);
  const installed = await execute(program, [...pip, ...files]);
  if (installed.code !== 0)
    throw new PythonUnavailable(
      `pip cannot install ${requirements.join(" and ")}; is its package index reachable?\n${lastLines(installed.stderr)}`,
    );
  writeFileSync(complete, "");

  for (const name of readdirSync(parent))
    if (name.startsWith(prefix) && name !== basename(folder)) rmSync(join(parent, name), { recursive: true });
  return program;
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-8).join("\n");
}
