import { stopChildren } from "../tools/child";

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Sees to it that the command ends orderly: on a signal, when its parent is gone, and when it is done. */
export class Supervisor {
  private readonly tasks = new Set<() => void | Promise<void>>();
  ending = false;

  /** @param parent Process that must outlive this one. */
  constructor(parent: number) {
    for (const [signal, code] of Object.entries(exitCodes))
      process.on(signal, () => {
        console.error(`\n${signal}: stopping`);
        void this.end(code);
      });
    // npm that is killed outright leaves this process to nobody, who would never stop it; also before it has started.
    setInterval(() => {
      if (process.ppid !== parent) void this.end(exitCodes.SIGHUP);
    }, 500).unref();
  }

  /** Adds what must be done before the end; returns what takes it off again. */
  onStop(task: () => void | Promise<void>): () => void {
    this.tasks.add(task);
    return () => this.tasks.delete(task);
  }

  async end(code: number): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    stopChildren();
    for (const task of [...this.tasks].reverse()) await task();
    process.exit(code);
  }
}
