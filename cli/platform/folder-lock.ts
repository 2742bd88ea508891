import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Exit, UserError } from "./exit";

/**
 * Runs work while no other command works in the same output folder: two would overwrite each other's stacks and
 * Terraform's notes. Two on different machines are told apart by the lock in the state bucket.
 */
export async function alone<T>(outdir: string, title: string, work: () => Promise<T>): Promise<T> {
  const file = join(outdir, "platform.lock");
  try {
    mkdirSync(outdir, { recursive: true });
    take(file, title);
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new UserError(
      `${outdir} can't be written to (${message}); make room, or set CDKTF_OUTDIR to a folder of yours`,
    );
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string, title: string): void {
  for (let tries = 0; ; tries++) {
    try {
      return writeFileSync(file, `${process.pid} ${title}`, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || tries > 1) throw error;
    }
    const [pid = "", ...other] = read(file).split(" ");
    if (isAlive(Number(pid)))
      throw new UserError(
        `another command works in this folder: ${other.join(" ")} (process ${pid}); wait until it ends`,
        Exit.refused,
      );
    rmSync(file, { force: true });
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
