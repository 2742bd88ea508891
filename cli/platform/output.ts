import pc from "picocolors";

type Colours = ReturnType<typeof pc.createColors>;

/** The part of a stream that output needs; a test gives one that collects. */
export interface Sink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Output {
  readonly json: boolean;
  /** Colours, or plain text where the output is no terminal. */
  readonly paint: Colours;
  /** A line of the answer, on stdout; nothing with --json. */
  line(text?: string): void;
  /** What is under way, on stderr, in both modes. */
  note(text: string): void;
  /** What went wrong, on stderr, in both modes. */
  problem(text: string): void;
  /** Lines on stderr that are drawn over by the next call; on no terminal nothing is drawn. */
  draw(lines: readonly string[]): void;
  /** Whether `draw` shows anything. */
  readonly draws: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** The answer as data: the one document of --json; nothing without. Call it once. */
  result(value: unknown): void;
}

/** Columns padded to the widest cell; the last one is left as it is. Cells may not hold colours. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (wide, row) => row.map((cell, column) => Math.max(wide[column] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

export function makeOutput(
  stdout: Sink,
  stderr: Sink,
  settings: { readonly json: boolean; readonly env: Readonly<Record<string, string | undefined>> },
): Output {
  const { json, env } = settings;
  const plain = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
  const drawing = stderr.isTTY === true && env["CI"] === undefined && env["TERM"] !== "dumb";
  let drawn = 0;
  const erase = () => (drawn > 0 ? `\u001b[${drawn}A\u001b[J` : "");
  const above = (text: string) => {
    stderr.write(`${erase()}${text}\n`);
    drawn = 0;
  };
  return {
    json,
    paint: pc.createColors(stdout.isTTY === true && !plain && !json),
    line: (text = "") => {
      if (json) return;
      if (drawn > 0) stderr.write(erase());
      drawn = 0;
      stdout.write(`${text}\n`);
    },
    note: above,
    problem: above,
    draw: (lines) => {
      if (!drawing) return;
      stderr.write(erase() + lines.map((line) => `${line}\n`).join(""));
      drawn = lines.length;
    },
    draws: drawing,
    // A terminal that does not know its width says 0.
    width: stderr.columns || 80,
    result: (value) => {
      if (json) stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
  };
}
