import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export interface ProcessOptions {
  readonly name: string;
  /** The guard: see rehearsal/tools/guard. */
  readonly guard: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly log: string;
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the pair that it serves its metrics with. */
  readonly metricsCerts?: string;
  /** Folder that it sees as /tmp: of a program that looks for its files there and nowhere else. */
  readonly tmp?: string;
}

/** One process of the control plane, in a process group of its own, that dies with this one. */
export class ControlPlaneProcess {
  private readonly child: ChildProcess;
  private exited = false;
  private readonly exit: Promise<void>;

  constructor(private readonly options: ProcessOptions) {
    const { guard, program, args, log, folder, env = {}, metricsCerts, tmp } = options;
    const output = openSync(log, "a");
    const mounts = [...(metricsCerts ? ["-certs", metricsCerts] : []), ...(tmp ? ["-tmp", tmp] : [])];
    this.child = spawn(guard, ["run", "-parent", String(process.pid), ...mounts, "--", program, ...args], {
      cwd: folder,
      // Nothing of the caller's environment: no proxy, no credentials.
      env: { HOME: folder, PATH: "/usr/local/bin:/usr/bin:/bin", ...env },
      // A Ctrl-C of the terminal must not reach it: the supervisor stops everything in order.
      detached: true,
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    this.exit = new Promise((resolve) => {
      const ended = () => {
        this.exited = true;
        resolve();
      };
      this.child.on("exit", ended);
      this.child.on("error", ended);
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get name(): string {
    return this.options.name;
  }

  /** Waits until the check is true. Fails when the process ends, or when the time is over, with the end of its log. */
  async ready(check: () => Promise<boolean>, timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!(await check())) {
      if (this.exited) throw new Error(`${this.name} ended at its start:\n${this.lastLines()}`);
      if (performance.now() > deadline)
        throw new Error(`${this.name} is not ready after ${timeoutMs / 1000} s:\n${this.lastLines()}`);
      await sleep(50);
    }
  }

  signal(signal: NodeJS.Signals): void {
    if (this.exited || this.pid === 0) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // Gone in this instant.
    }
  }

  /** Asks it to end, and ends it when it does not. */
  async stop(graceMs = 2_000): Promise<void> {
    this.signal("SIGTERM");
    await Promise.race([this.exit, sleep(graceMs)]);
    await this.kill();
  }

  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.exit;
  }

  private lastLines(): string {
    return readFileSync(this.options.log, "utf8").trim().split("\n").slice(-15).join("\n");
  }
}
