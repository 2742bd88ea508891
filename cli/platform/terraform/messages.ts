// What `terraform … -json` says while it works, one JSON object a line.
// Source: developer.hashicorp.com/terraform/internals/machine-readable-ui

export type Action =
  "noop" | "create" | "update" | "replace" | "delete" | "move" | "import" | "read" | "remove" | "forget";

interface Resource {
  readonly addr: string;
  readonly resource_type: string;
}

interface PlannedChange {
  readonly resource: Resource;
  readonly previous_resource?: Resource;
  readonly action: Action;
  readonly reason?: string;
}

interface Hook {
  readonly resource: Resource;
  readonly action: Action;
  readonly id_key?: string;
  readonly id_value?: string;
  readonly elapsed_seconds?: number;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

export type Message =
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly type: "planned_change" | "resource_drift"; readonly change: PlannedChange }
  | {
      readonly type: "apply_start" | "apply_progress" | "apply_complete" | "apply_errored" | "refresh_start";
      readonly hook: Hook;
    }
  | {
      readonly type: "change_summary";
      readonly changes: { readonly add: number; readonly change: number; readonly remove: number };
    }
  | {
      readonly type: "outputs";
      readonly outputs: Readonly<Record<string, { readonly action?: Action; readonly value?: unknown }>>;
    };

const known = new Set<string>([
  "diagnostic",
  "planned_change",
  "resource_drift",
  "apply_start",
  "apply_progress",
  "apply_complete",
  "apply_errored",
  "refresh_start",
  "change_summary",
  "outputs",
] satisfies Message["type"][]);

/** One line's message; undefined for lines that say nothing of use, are no JSON, or were cut off by a kill. */
export function parseMessage(line: string): Message | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const message = JSON.parse(line) as { type?: string };
    return known.has(message.type ?? "") ? (message as Message) : undefined;
  } catch {
    return undefined;
  }
}
