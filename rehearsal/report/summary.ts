import { gpuHours } from "../expectations/usage";
import { spoken } from "../objects/time";
import type { Result } from "../story/result";
import { ran, waited } from "../story/task-story";

/** A line of the table: a team's tasks on a flavor. */
export interface SummaryRow {
  readonly team: string;
  readonly flavor: string;
  readonly tasks: number;
  readonly succeeded: number;
  readonly waitP50: string;
  readonly waitP95: string;
  readonly run: string;
  readonly evictions: number;
  readonly gpuHoursUsed: string;
  readonly gpuHoursIdle: string;
}

export const summaryTitles: Readonly<Record<keyof SummaryRow, string>> = {
  team: "team",
  flavor: "flavor",
  tasks: "tasks",
  succeeded: "succeeded",
  waitP50: "wait p50",
  waitP95: "wait p95",
  run: "run p50",
  evictions: "evictions",
  gpuHoursUsed: "GPU-h used",
  gpuHoursIdle: "GPU-h idle",
};

export function summaryRows(result: Result): SummaryRow[] {
  const { stories, lasted } = result;
  const pairs = [...new Set(stories.map(({ task }) => `${task.team}\n${task.flavor}`))].sort();
  return pairs.map((pair) => {
    const [team = "", flavor = ""] = pair.split("\n");
    const own = stories.filter(({ task }) => task.team === team && task.flavor === flavor);
    const submitted = own.filter(({ attempts }) => attempts.length > 0);
    const waits = submitted.map((story) => waited(story, lasted));
    const thrownOut = own.flatMap(({ attempts }) =>
      attempts.filter(({ end }) => end === "taken-away" || end === "failed"),
    );
    const hours = gpuHours(result, { team, flavor });
    return {
      team,
      flavor,
      tasks: own.length,
      succeeded: own.filter(({ outcome }) => outcome === "succeeded").length,
      waitP50: spoken(percentile(waits, 0.5)),
      waitP95: spoken(percentile(waits, 0.95)),
      run: spoken(
        percentile(
          submitted.map((story) => ran(story, lasted)),
          0.5,
        ),
      ),
      evictions: thrownOut.length,
      gpuHoursUsed: flavor === "cpu" ? "" : hours.used.toFixed(1),
      gpuHoursIdle: flavor === "cpu" ? "" : hours.idle.toFixed(1),
    };
  });
}

/** The value that this share of them does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** The table for the terminal; numbers to the right. */
export function summaryTable(rows: readonly SummaryRow[]): string {
  const keys = Object.keys(summaryTitles) as (keyof SummaryRow)[];
  const cells = [
    keys.map((key) => summaryTitles[key]),
    ...rows.map((row) => keys.map((key) => String(row[key]))),
  ];
  const widths = keys.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? "").length)));
  const pad = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return cells.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}
