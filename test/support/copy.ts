import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** A copy of the repository as it stands here, in a folder of its own, with what is installed here. */
export function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), "copy-"));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((each) => each !== "" && existsSync(each))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file));
  }
  for (const installed of ["node_modules", ".venv"])
    if (existsSync(installed)) symlinkSync(resolve(installed), join(copy, installed));
  return copy;
}
