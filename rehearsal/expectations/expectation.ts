import type { Duration } from "../objects/time";

/** What must hold after a scenario. Each is a line of the report; `check.ts` says how it is judged. */
export type Expectation =
  /** These groups' tasks, or all, succeed. */
  | { readonly that: "tasks-succeed"; readonly groups?: readonly string[] }
  /** The API server refuses the groups' pods for good, and what it says to the user holds this. */
  | { readonly that: "refused"; readonly groups: Readonly<Record<string, string>> }
  /** The API server does not let the deeds be done, and what it says holds this. */
  | { readonly that: "prevented"; readonly deeds: Readonly<Record<string, string>> }
  /** A task that Kueue gives up ends for Flyte too: no gated pod is left for ever. */
  | { readonly that: "rejections-end"; readonly groups: readonly string[]; readonly within: Duration }
  /** What still waits at the end has its request, and says so: the alert for long waits sees it. */
  | { readonly that: "waits-visibly"; readonly groups: readonly string[] }
  /** No pod runs that Kueue has not admitted. */
  | { readonly that: "no-pod-starts-ungated" }
  /** A task lands on the flavor that it means, CPU tasks on no GPU. */
  | { readonly that: "tasks-land-as-meant" }
  /** Queued tasks run only on a provisioned request; no other task makes one. */
  | { readonly that: "requests-as-meant" }
  /** Kueue counts so much CPU for each pod of the groups: what it asks for, and what GKE has put beside it. */
  | { readonly that: "counted"; readonly cpu: Readonly<Record<string, string>> }
  /** Nobody is thrown out, but for the reasons that the scenario is about. */
  | { readonly that: "no-evictions"; readonly except?: readonly string[] }
  /** Somebody of the team is thrown out for this reason. */
  | { readonly that: "evicted-for"; readonly reason: string; readonly team: string | number }
  /** GPUs in use never exceed a team's quota plus what it may borrow, nor all quotas together. */
  | { readonly that: "quotas-hold" }
  /** GPU-hours of nodes that no pod used, of all GPU-hours of nodes. */
  | { readonly that: "idle-share-at-most"; readonly share: number }
  /** While several teams wait for a flavor, what they borrow is within this share of their weights. */
  | { readonly that: "shares-by-weight"; readonly within: number }
  /** None of `second` gets quota while one of `first` waits for it. */
  | { readonly that: "goes-first"; readonly first: string; readonly second: string }
  /** A task on several nodes starts on all of them or on none. */
  | { readonly that: "gangs-start-whole" }
  /** A task on several nodes is one workload, and makes one request for all of its pods. */
  | { readonly that: "gangs-ask-as-one" }
  /** When a task on several nodes has ended, and its quota is free, none of its pods runs on. */
  | { readonly that: "nothing-runs-on" }
  /** All pods of the group's tasks run so long after the last node is there, in this machine's time. */
  | { readonly that: "gang-runs-within"; readonly group: string; readonly realSeconds: number }
  /** Every task of the group runs no later than that after its submission. */
  | { readonly that: "waits-at-most"; readonly group: string; readonly wait: Duration };

/** One judged expectation. */
export interface Verdict {
  /** The expectation as a sentence. */
  readonly sentence: string;
  /** What broke it; empty when it holds. */
  readonly broken: readonly string[];
}
