import type { KubeObject, Manifest } from "../api/objects";
import type { Provisioning } from "../objects/environment-model";
import type { Duration } from "../objects/time";
import type { Expectation } from "../expectations/expectation";
import type { OperatorName } from "../tools/programs";

/** What is played, as data. Times are the environment's; `hoursPerMinute` of them pass in a minute. */
export interface Scenario {
  readonly name: string;
  /** The question that it answers, in a sentence. */
  readonly question: string;
  /** How fast time runs: hours of the environment in one minute of the rehearsal. */
  readonly hoursPerMinute: number;
  /** It keeps every processor busy: nothing is played beside it. @default false */
  readonly alone?: boolean;
  /** When it stops, whatever still waits. */
  readonly atMost: Duration;
  /** An environment without these skips the scenario. */
  readonly needs?: {
    readonly teams?: number;
    readonly provisioning?: readonly Provisioning[];
    /** Policies of taste that refuse, not ones that only note in the audit log. The walls always refuse. */
    readonly admission?: "enforce";
    /** Add-ons whose real operator plays. */
    readonly addOns?: readonly OperatorName[];
    /** Two teams, each with a repository of images of its own. */
    readonly repositories?: true;
    /** Teams that have buckets as volumes. */
    readonly volumes?: true;
    /** The author of a gang writes its queue and priority, because the API server does not copy them. */
    readonly queueLabels?: "written";
  };
  readonly tasks: readonly TaskGroup[];
  /** By provisioning mode or flavor; what is not named has nodes at once. */
  readonly capacity?: Readonly<Record<string, CapacityModel>>;
  readonly incidents?: readonly Incident[];
  /** What somebody tries who has Kubernetes' `edit` in the namespaces of the first team. */
  readonly deeds?: readonly Deed[];
  readonly expect: readonly Expectation[];
}

/** Tasks of one kind. */
export interface TaskGroup {
  readonly name: string;
  /**
   * Name of a team, or its place among the environment's teams, from 0.
   * @default the first team that may use the flavor
   */
  readonly team?: string | number;
  /** A flavor by name, or the team's first flavor of a mode; "cpu" for tasks without a GPU. */
  readonly flavor: Provisioning | "cpu" | (string & {});
  readonly count: number;
  /** @default the largest node of the GPU that the team's quota pays for when queued, 1 otherwise */
  readonly gpus?: number;
  /** @default 1 */
  readonly cpu?: number;
  /**
   * Nodes of one task: a PyTorchJob with so many workers, each with `gpus`.
   * @default - one plain pod
   */
  readonly nodes?: number;
  /** The nodes are one Ray cluster's workers, and the task a RayJob. @default false */
  readonly ray?: boolean;
  /** The author lets Ray change the cluster's size. @default false */
  readonly autoscales?: boolean;
  /**
   * A gang's author leaves out what the environment asks him to write.
   * @default false: it is written where it must be
   */
  readonly forgetful?: boolean;
  /** The second worker of the task's first attempt fails after that time. */
  readonly fails?: Duration;
  /** How long each runs, once it runs. */
  readonly runs: Duration;
  /** When the first is submitted. @default at the start */
  readonly at?: Duration;
  /** Time between two. @default all at once */
  readonly every?: Duration;
  /** Flyte domain. @default the team's first namespace */
  readonly domain?: string;
  /** A GPU mode whose queue the task waits in although it asks for none of its GPUs. */
  readonly queueOf?: Provisioning;
  /** It is meant to wait for ever: the scenario does not wait for it. */
  readonly hangs?: boolean;
  /** Attempts after the first that Flyte makes when a pod is taken away. @default 20, the environment's */
  readonly retries?: number;
  /** Whose repository its image is in. @default nobody's: the image is Flyte's */
  readonly imageOf?: "own-team" | "another-team";
  /** What a user, or somebody's mistake, changes in the pod that Flyte would make. @default nothing */
  readonly pod?: PodChange;
}

/** JSON merge patches (RFC 7386): `null` takes a field away. */
export interface PodChange {
  readonly metadata?: object;
  readonly spec?: object;
  /** Of the task's container. */
  readonly container?: object;
}

/** How Google gives out nodes of a flavor. Every draw is seeded: two rehearsals of a scenario see the same. */
export interface CapacityModel {
  /** GPUs that there are at all. @default unlimited */
  readonly gpus?: number;
  /** How long a node takes to come. @default at once */
  readonly delay?: { readonly median: Duration; readonly p95: Duration };
  /** Nothing comes in these windows. */
  readonly stockOuts?: readonly { readonly from: Duration; readonly to: Duration }[];
  /** What the first requests of these groups' tasks get instead of nodes, in order. Queued provisioning only. */
  readonly faults?: Readonly<Record<string, readonly RequestFault[]>>;
  /** Every so often Google takes a node back, on average. Spot only. */
  readonly preemptedEvery?: Duration;
}

export type RequestFault =
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "booking-expired" }
  | { readonly kind: "never" }
  | { readonly kind: "revoked"; readonly after: Duration };

/** A change of an object in a team's namespace; one that it names without a body is there already. */
export type Deed = { readonly name: string } & (
  | { readonly does: "create"; readonly object: Manifest }
  | { readonly does: "delete"; readonly object: KubeObject }
  | {
      readonly does: "patch";
      readonly object: KubeObject;
      readonly change: object;
      readonly subresource?: string;
    }
);

/** What somebody, or something, does meanwhile. */
export type Incident = { readonly at: Duration } & (
  | { readonly do: "kill-kueue" }
  | { readonly do: "start-kueue" }
  | { readonly do: "restart-apiserver"; readonly away: Duration }
  | {
      readonly do: "set-stop-policy";
      readonly team: string | number;
      readonly policy: "None" | "Hold" | "HoldAndDrain";
    }
);
