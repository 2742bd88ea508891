import type { ClusterFeatures } from "../google/autopilot-cluster";
import type { FlytePlugins } from "../flyte/config/plugins";
import type { KueueFramework } from "../kueue/controller/controller-config";

/**
 * What one part of the platform adds to the others, as plain data. Every builder takes the sum of what is said, so that
 * nobody asks which add-ons are on. A word that is missing here is added here, with the builder that takes it.
 */
export interface AddOn {
  /** Google APIs, by short name, beyond those that the platform uses anyway. */
  readonly services?: readonly string[];

  /** Features of GKE that are off without it. */
  readonly cluster?: ClusterFeatures;

  /**
   * Ports of pods that the API server calls: webhooks and aggregated APIs. The pod's port, not the Service's. A private
   * cluster's firewall lets the control plane reach these and no others (beside GKE's own 443 and 10250).
   */
  readonly controlPlanePorts?: readonly number[];

  /** Kinds of task, as Flyte takes them. */
  readonly flyte?: Partial<FlytePlugins>;

  /** Kinds of work that Kueue queues, beyond jobs and pods. */
  readonly frameworks?: readonly KueueFramework[];
}

/** What all parts say together. */
export type AddOnSum = Required<Omit<AddOn, "flyte">> & { readonly flyte: FlytePlugins };

/** Lists hold each thing once, in the order of the parts; maps hold all entries. */
export function sumOf(parts: readonly AddOn[]): AddOnSum {
  return {
    services: listOf(parts, ({ services }) => services),
    cluster: mapOf(parts, ({ cluster }) => cluster),
    controlPlanePorts: listOf(parts, (part) => part.controlPlanePorts).sort((a, b) => a - b),
    flyte: {
      taskTypes: mapOf(parts, ({ flyte }) => flyte?.taskTypes),
      config: mapOf(parts, ({ flyte }) => flyte?.config),
      kinds: listOf(parts, ({ flyte }) => flyte?.kinds),
    },
    frameworks: listOf(parts, ({ frameworks }) => frameworks),
  };
}

function listOf<T>(parts: readonly AddOn[], says: (part: AddOn) => readonly T[] | undefined): T[] {
  return [...new Set(parts.flatMap((part) => says(part) ?? []))];
}

function mapOf<T extends object>(parts: readonly AddOn[], says: (part: AddOn) => T | undefined): T {
  return Object.assign({}, ...parts.map((part) => says(part) ?? {})) as T;
}
