import type { ImageSources, Mirrors } from "../images";
import type { Manifest } from "../kubernetes/manifest";
import type { ReleaseChannel } from "../google/autopilot-cluster";
import type { FlytePlugins } from "../flyte/config/plugins";
import type { JobTemplates } from "../policies/images-of";
import type { AdmissionPolicy } from "../policies/admission-policy";
import type { ApiClient } from "../policies/network-policies";
import type { ChartProps } from "./add-on-releases";
import type { KueueFramework } from "../kueue/controller/controller-config";
import type { WorkloadGrants } from "../google/workload-grants";
import type { Seen } from "./seen";

/** What add-ons read beside their own section of the environment. */
export interface AddOnContext extends ImageSources {
  /** Registries that a mirror stands in for. */
  readonly mirrors: Mirrors;
  /** Id of the Google project, where Cloud Logging is. */
  readonly project: string;
  /** How early GKE's versions arrive: what the API server can do follows from it. */
  readonly releaseChannel: ReleaseChannel;
  /** Names of the queued flavors, and so of their queues. */
  readonly queuedFlavors: readonly string[];
  /** Namespaces of tasks. */
  readonly tenants: readonly string[];
  /** Flyte's secrets webhook is on. @default false */
  readonly secretsWebhook?: boolean;
}

/** What is installed of an add-on before Kueue and Flyte: objects of ours, or somebody's chart. */
export type AddOnRelease = ReleaseProps &
  (
    | { readonly manifests: readonly Manifest[]; readonly chart?: never }
    | { readonly chart: ChartProps; readonly manifests?: never }
  );

interface ReleaseProps {
  /** Name of the Helm release, and of its construct. */
  readonly name: string;
  /** One of the add-on's `namespaces`. */
  readonly namespace: string;
  /** Releases that must be ready first, by name. @default none */
  readonly after?: readonly string[];
  /** How long its pods may take to be ready. @default 300 */
  readonly timeoutSeconds?: number;
}

/**
 * What one part of the platform adds to the others, as plain data. Every builder takes the sum of what is said, so that
 * nobody asks which add-ons are on. A word that is missing here is added here, with the builder that takes it.
 */
export interface AddOn {
  /** Google APIs, by short name, beyond those that the platform uses anyway. */
  readonly services?: readonly string[];

  /**
   * Ports of pods that the API server calls: webhooks and aggregated APIs. The pod's port, not the Service's. A private
   * cluster's firewall lets the control plane reach these and no others (beside GKE's own 443 and 10250).
   */
  readonly controlPlanePorts?: readonly number[];

  /** Namespaces to make for it. Kueue manages none of them. */
  readonly namespaces?: readonly string[];

  readonly releases?: readonly AddOnRelease[];

  /** Kinds of task, as Flyte takes them. */
  readonly flyte?: Partial<FlytePlugins>;

  /** Kinds of work that Kueue queues, beyond jobs and pods. */
  readonly frameworks?: readonly KueueFramework[];

  /** Objects of a namespace of tasks. */
  readonly tenant?: (namespace: string) => readonly Manifest[];

  /**
   * Images that operators put beside tasks, and that tasks may therefore run.
   *
   * Shape: whole names, as the operator writes them, with the tag or digest.
   */
  readonly images?: readonly string[];

  /** Where its jobs say what their pods are like, to be judged before any pod is made. */
  readonly podTemplates?: readonly JobTemplates[];

  /** What its pods and jobs must satisfy in every environment, lest a tenant reach past his own quota or namespace. */
  readonly walls?: readonly AdmissionPolicy[];

  /**
   * Kubernetes accounts whose pods make pods. Kueue takes these for parts of their maker's workload, which they are not: a
   * wall of the add-on must see to it that each has Kueue's gate.
   */
  readonly podMakers?: readonly string[];

  /** Which pods of tasks reach the API server. */
  readonly apiClients?: readonly ApiClient[];

  /** What its own pods may do at Google, each as its Kubernetes account. What tasks may, all pods of their namespaces may. */
  readonly grants?: WorkloadGrants;

  readonly seen?: Partial<Seen>;
}

/** What all parts say together. */
export type AddOnSum = Required<Omit<AddOn, "flyte" | "seen">> & {
  readonly flyte: FlytePlugins;
  readonly seen: Seen;
};

/** Lists hold each thing once, in the order of the parts; maps hold all entries. */
export function sumOf(parts: readonly AddOn[]): AddOnSum {
  return {
    services: listOf(parts, ({ services }) => services),
    controlPlanePorts: listOf(parts, (part) => part.controlPlanePorts).sort((a, b) => a - b),
    namespaces: listOf(parts, ({ namespaces }) => namespaces),
    releases: listOf(parts, ({ releases }) => releases),
    flyte: {
      taskTypes: mapOf(parts, ({ flyte }) => flyte?.taskTypes),
      config: mapOf(parts, ({ flyte }) => flyte?.config),
      kinds: listOf(parts, ({ flyte }) => flyte?.kinds),
    },
    frameworks: listOf(parts, ({ frameworks }) => frameworks),
    tenant: (namespace) => parts.flatMap(({ tenant }) => tenant?.(namespace) ?? []),
    images: listOf(parts, ({ images }) => images),
    podTemplates: listOf(parts, ({ podTemplates }) => podTemplates),
    walls: listOf(parts, ({ walls }) => walls),
    podMakers: listOf(parts, ({ podMakers }) => podMakers),
    apiClients: listOf(parts, ({ apiClients }) => apiClients),
    grants: mapOf(parts, ({ grants }) => grants),
    seen: {
      operators: listOf(parts, ({ seen }) => seen?.operators),
      served: listOf(parts, ({ seen }) => seen?.served),
    },
  };
}

function listOf<T>(parts: readonly AddOn[], says: (part: AddOn) => readonly T[] | undefined): T[] {
  return [...new Set(parts.flatMap((part) => says(part) ?? []))];
}

function mapOf<T extends object>(parts: readonly AddOn[], says: (part: AddOn) => T | undefined): T {
  return Object.assign({}, ...parts.map((part) => says(part) ?? {})) as T;
}
