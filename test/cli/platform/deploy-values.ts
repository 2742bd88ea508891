import type { ApplyRun, Change } from "../../../cli/platform/terraform/results";
import type { RunResult } from "../../../cli/platform/terraform/run";
import type { Stack } from "../../../cli/platform/workspace";

export const stack: Stack = {
  name: "prod-data",
  folder: "/out/stacks/prod-data",
  dependencies: [],
  state: { bucket: "state", prefix: "prod/data" },
  projects: [],
  outputs: [],
  protected: ["helm_release.kueue"],
};

export const changeOf = (address: string, action: Change["action"]): Change => ({
  address,
  type: address.split(".").at(-2)!,
  action,
});

export const failed: RunResult = { ending: { how: "exited", code: 1 }, diagnostics: [], text: [] };
export const error = (summary: string, detail = "", address?: string): RunResult => ({
  ...failed,
  diagnostics: [{ severity: "error", summary, detail, ...(address ? { address } : {}) }],
});
export const applied = (run: RunResult, more: Partial<ApplyRun> = {}): ApplyRun => ({
  ...run,
  ok: false,
  done: [],
  failed: [],
  open: [],
  ...more,
});
