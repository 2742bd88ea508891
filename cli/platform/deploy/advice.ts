import type { RunResult } from "../terraform/run";
import { type Advice, type Failure, type Known, knownFailures } from "./known-failures";

/** One thing that failed, as far as Terraform told. */
interface Met {
  readonly address: string;
  readonly action?: string;
  readonly text: string;
}

/** The ways out of what Terraform said, each said once. */
export function adviceFor(failure: Failure): readonly Advice[] {
  const advice = met(failure).flatMap((each) => {
    const known = knownFailures.find(
      (entry) => (entry.commands?.includes(failure.command) ?? true) && fits(entry, each),
    );
    return known ? [{ what: known.what, next: known.next(failure, each.address, each.text) }] : [];
  });
  return [...new Map(advice.map((each) => [`${each.what}\n${each.next}`, each])).values()];
}

/** Each error; and each failed step that no error names. */
function met({ run, apply }: Failure): readonly Met[] {
  const failed = apply?.failed ?? [];
  const errors = errorsOf(run).map(({ summary, detail = "", address }): Met => {
    const text = `${summary}\n${detail}`;
    const named = address ?? guardedIn(text) ?? "";
    const step = failed.find((each) => each.address === named);
    return { address: named, text, ...(step ? { action: step.action } : {}) };
  });
  const silent = failed.filter((step) => !errors.some(({ address }) => address === step.address));
  return [...silent.map(({ address, action }) => ({ address, action, text: "" })), ...errors];
}

/** The resource of which Terraform says that it may not be destroyed. */
export function guardedIn(text: string): string | undefined {
  return /Resource (\S+) has lifecycle\.prevent_destroy/.exec(text)?.[1];
}

function fits({ type, action, says, unless }: Known, { address, action: done, text }: Met): boolean {
  if (type !== undefined && type !== address.split(".").at(-2)) return false;
  if (action !== undefined && action !== done) return false;
  return (says?.test(text) ?? true) && !unless?.test(text);
}

/** What Terraform called errors; its last words where it had none to say. */
export function errorsOf({ diagnostics, text }: RunResult): RunResult["diagnostics"] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0 || text.length === 0) return errors;
  return [{ severity: "error", summary: text.slice(-5).join("\n") }];
}
