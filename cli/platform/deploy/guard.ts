import type { Change } from "../terraform/results";
import type { Stack } from "../workspace";
import { stateful } from "./stateful";

/** A planned change that loses something. */
export interface Danger {
  readonly stack: string;
  readonly change: Change;
  /** What would be lost. */
  readonly loss: string;
}

/** What a plan would destroy or replace among stateful things, less what the caller allowed by address. */
export function dangersOf(
  stack: Stack,
  changes: readonly Change[],
  allowed: readonly string[],
): readonly Danger[] {
  return changes.flatMap((change) => {
    if (change.action !== "delete" && change.action !== "replace") return [];
    const loss =
      stateful[change.type] ?? (stack.protected.includes(change.address) ? "what it holds" : undefined);
    if (loss === undefined || allowed.includes(change.address)) return [];
    return [{ stack: stack.name, change, loss }];
  });
}

export function describeDanger({ stack, change, loss }: Danger): string {
  const reason = change.reason ? ` (${change.reason.replaceAll("_", " ")})` : "";
  return `${stack}: ${change.address} would be ${change.action === "delete" ? "destroyed" : "replaced"}${reason}; lost: ${loss}`;
}
