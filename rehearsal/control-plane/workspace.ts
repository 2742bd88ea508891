import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Tools } from "../tools/build";
import { ControlPlaneProcess, type ProcessOptions } from "./process";
import { WatchedFolder } from "./watched-folder";

/** The temporary folder and the processes of one rehearsal. */
export class Workspace {
  readonly folder: string;
  readonly logs: string;
  readonly certs: string;
  readonly processes: ControlPlaneProcess[] = [];
  private readonly ends: (() => void)[] = [];
  private readonly watched: WatchedFolder;

  constructor(private readonly tools: Tools) {
    const { guard } = tools.programs;
    this.watched = new WatchedFolder(guard);
    this.folder = this.watched.path;
    this.logs = this.makeFolder("logs");
    this.certs = this.makeFolder("certs");
    execFileSync(guard, ["certs", this.certs]);
  }

  makeFolder(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  start(
    name: string,
    program: string,
    args: readonly string[],
    more: Pick<ProcessOptions, "env" | "metricsCerts" | "tmp"> = {},
  ): ControlPlaneProcess {
    const { guard } = this.tools.programs;
    const log = join(this.logs, `${name}.log`);
    const started = new ControlPlaneProcess({
      name,
      guard,
      program,
      args,
      log,
      folder: this.folder,
      ...more,
    });
    this.watched.add(started.pid);
    this.processes.push(started);
    return started;
  }

  /** Something of this process that ends with the others. */
  atClose(end: () => void): void {
    this.ends.push(end);
  }

  keepLogs(target: string): void {
    cpSync(this.logs, target, { recursive: true });
  }

  /** Ends every process, the last one first, and waits until the folder is gone. */
  async close(): Promise<void> {
    for (const end of this.ends) end();
    for (const process of [...this.processes].reverse()) await process.stop();
    await this.watched.close();
  }
}
