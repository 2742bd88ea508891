import type { Output } from "../output";
import type { StackReport } from "./describe";
import { stateful } from "./stateful";

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

const SHOWN = 6;

/** A few by name, stateful ones first; how many there are where that is not all. The whole list is in --json. */
export function listed(addresses: readonly string[]): string {
  if (addresses.length === 0) return "nothing";
  if (addresses.length <= SHOWN) return addresses.join(", ");
  const isStateful = (address: string) => (address.split(".").at(-2) ?? "") in stateful;
  const first = [...addresses.filter(isStateful), ...addresses.filter((each) => !isStateful(each))];
  return `${addresses.length}, among them ${first.slice(0, SHOWN).join(", ")}`;
}
