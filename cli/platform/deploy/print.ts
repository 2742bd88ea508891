import type { Output } from "../output";
import type { StackReport } from "./describe";

const words: Readonly<Record<StackReport["status"], string>> = {
  unchanged: "had nothing to do",
  applied: "is done",
  failed: "FAILED",
  skipped: "was not begun",
  refused: "was refused",
};

/** What is done, what is not, and the next step, stack by stack. */
export function printOutcomes(output: Output, reports: readonly StackReport[]): void {
  for (const { stack, status, done, notDone, problems, next } of reports) {
    output.problem(`${stack} ${words[status]}`);
    for (const problem of problems) output.problem(`  ${problem.replaceAll("\n", "\n  ")}`);
    if (status === "failed") output.problem(`  done: ${listed(done)}`);
    if (notDone.length > 0) output.problem(`  not done: ${listed(notDone)}`);
    for (const step of next) output.problem(`  → ${step}`);
  }
}

const listed = (addresses: readonly string[]) => (addresses.length === 0 ? "nothing" : addresses.join(", "));
