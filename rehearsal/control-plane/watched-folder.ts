import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A temporary folder that goes when this process goes, however it went: a watcher outside it reads a pipe that the
 * kernel closes, ends the process groups that were named to it, and removes the folder.
 */
export class WatchedFolder {
  readonly path: string;
  private readonly watcher: ChildProcess;

  constructor(guard: string) {
    this.path = mkdtempSync(join(tmpdir(), "rehearsal-"));
    this.watcher = spawn(guard, ["watch", this.path], {
      cwd: "/",
      // In a session of its own: Ctrl-C does not reach it.
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
  }

  /** Names a process group that must not outlive the folder. */
  add(group: number): void {
    this.watcher.stdin?.write(`${group}\n`);
  }

  /** Waits until the folder is gone. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.watcher.on("exit", () => resolve());
      if (this.watcher.exitCode !== null || this.watcher.pid === undefined) resolve();
      this.watcher.stdin?.end();
    });
  }
}
