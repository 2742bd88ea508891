import type { RunResult } from "../terraform/run";
import { type Advice, type Failure, type Known, knownFailures } from "./known-failures";

/** The ways out of what Terraform said, each said once. */
export function adviceFor(failure: Failure): readonly Advice[] {
  const failed = failure.apply?.failed ?? [];
  const advice = new Map<string, Advice>();
  const add = ({ what, next }: Known, address: string) => {
    if (!advice.has(what)) advice.set(what, { what, next: next(failure, address) });
  };
  for (const { address, action } of failed) {
    const entry = knownFailures.find(
      (each) => each.type === address.split(".").at(-2) && each.action === action,
    );
    if (entry) add(entry, address);
  }
  for (const { summary, detail = "", address = "" } of errorsOf(failure.run)) {
    if (failed.some((step) => step.address === address) && advice.size > 0) continue;
    const entry = knownFailures.find(({ says }) => says?.test(`${summary}\n${detail}`));
    if (entry) add(entry, address);
  }
  return [...advice.values()];
}

/** What Terraform called errors; its last words where it had none to say. */
export function errorsOf({ diagnostics, text }: RunResult): RunResult["diagnostics"] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0 || text.length === 0) return errors;
  return [{ severity: "error", summary: text.slice(-5).join("\n") }];
}
