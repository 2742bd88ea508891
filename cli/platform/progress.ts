import type { Output } from "./output";
import type { Message } from "./terraform/messages";

interface Row {
  doing: string;
  done: number;
  total: number;
  current: string;
}

const BAR = 20;

/** What each stack is at: a bar per stack on a terminal, a line per event elsewhere. */
export class Progress {
  private readonly rows = new Map<string, Row>();

  constructor(private readonly output: Output) {}

  /** A stack began something, e.g. "planning". */
  begin(stack: string, doing: string, total = 0): void {
    this.rows.set(stack, { doing, done: 0, total, current: "" });
    if (!this.output.draws) this.output.note(`${stack}: ${doing}`);
    this.draw();
  }

  /** A stack is through with what it was at. */
  end(stack: string, result: string): void {
    this.rows.delete(stack);
    this.output.note(`${stack}: ${result}`);
    this.draw();
  }

  /** What Terraform said about a stack. */
  hear(stack: string, message: Message): void {
    const row = this.rows.get(stack);
    if (!row || !("hook" in message) || message.hook.action === "read") return;
    const { resource, action } = message.hook;
    row.current = resource.addr;
    if (message.type === "apply_complete") {
      row.done += 1;
      if (!this.output.draws)
        this.output.note(`${stack}: ${resource.addr} ${pastOf[action] ?? action} (${row.done}/${row.total})`);
    }
    if (message.type === "apply_errored" && !this.output.draws)
      this.output.note(`${stack}: ${resource.addr} failed`);
    this.draw();
  }

  private draw(): void {
    this.output.draw(
      progressLines(
        [...this.rows].map(([stack, row]) => ({ stack, ...row })),
        this.output.width,
      ),
    );
  }
}

const pastOf: Readonly<Partial<Record<string, string>>> = {
  create: "created",
  update: "changed",
  delete: "destroyed",
};

/** One line per stack, none wider than the terminal. */
export function progressLines(
  rows: readonly (Row & { readonly stack: string })[],
  width: number,
): readonly string[] {
  const wide = Math.max(0, ...rows.map(({ stack }) => stack.length));
  return rows.map(({ stack, doing, done, total, current }) => {
    const filled = total > 0 ? Math.round((Math.min(done, total) / total) * BAR) : 0;
    const bar = total > 0 ? `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${done}/${total}` : doing;
    return `${stack.padEnd(wide)}  ${bar}  ${current}`.slice(0, Math.max(1, width - 1)).trimEnd();
  });
}
