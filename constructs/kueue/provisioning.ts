import { durationSeconds } from "./durations";
import type { Gpu } from "./gpus";
import { gpuOf } from "./gpus";
import type { Labels, Taint, Toleration } from "../kubernetes/manifest";
import {
  ACCELERATOR,
  COMPUTE_CLASS,
  FLAVOR_TAINT,
  FLEX_START,
  GPU_RESOURCE,
  MAX_RUN_DURATION,
  PROVISIONING,
  QUEUED,
  RESERVATION_AFFINITY,
  RESERVATION_NAME,
  SPOT,
} from "./node-labels";
import type { Flavor, Provisioning } from "./types";

const DEFAULT_MAX_RUN_SECONDS = 7 * 86_400;

/** A flavor with its defaults applied. */
export interface ResolvedFlavor extends Flavor {
  readonly name: string;
  readonly accelerator: string;
  readonly hardware: Gpu;
  readonly gpusPerNode: number;
  readonly maxRunSeconds: number;
  readonly extendedRunTime: boolean;
}

/** Whose nodes GKE upgrades while tasks run: not those of flex-start and DWS, and Spot goes when Google wants it. */
export function hasNodeUpgrades(provisioning: Provisioning): boolean {
  return provisioning === "on-demand" || provisioning === "reservation";
}

export function resolveFlavor(name: string, flavor: Flavor): ResolvedFlavor {
  const hardware = gpuOf(flavor.gpu);
  if (!hardware)
    throw new Error(`flavor ${JSON.stringify(name)} names an unknown gpu; queueProblems() comes first`);
  return {
    ...flavor,
    name,
    hardware,
    accelerator: hardware.accelerator,
    gpusPerNode: flavor.gpusPerNode ?? 1,
    extendedRunTime: flavor.extendedRunTime ?? hasNodeUpgrades(flavor.provisioning),
    maxRunSeconds:
      (flavor.maxRunDuration && durationSeconds(flavor.maxRunDuration)) || DEFAULT_MAX_RUN_SECONDS,
  };
}

/** What a way to get GPUs means for Kueue and for a task's pod. */
export interface ProvisioningMode {
  /** Whether its tasks go through the team's queue, or through one of their own. */
  readonly queue: "team" | "own";

  /**
   * Labels of the flavor's nodes. Kueue compares a pod's selector only with keys that a flavor names, so all flavors of
   * the team's queue name both `gke-accelerator` and `gke-provisioning`. Added to the pod when it is admitted.
   */
  readonly nodeLabels: (flavor: ResolvedFlavor) => Labels;

  /** Taints that a pod must tolerate for Kueue to give it the flavor: what keeps other pods off. */
  readonly nodeTaints: (flavor: ResolvedFlavor) => readonly Taint[];

  /** Tolerations that Kueue adds to an admitted pod. One that matches a taint above would disarm it. */
  readonly addedTolerations: readonly Toleration[];

  /** Node selector of the PodTemplate: Autopilot judges a pod at its creation, before Kueue adds anything. */
  readonly podSelector: (flavor: ResolvedFlavor) => Labels;

  /** Tolerations of the PodTemplate. */
  readonly podTolerations: (flavor: ResolvedFlavor) => readonly Toleration[];
}

const gpuToleration: Toleration = { key: GPU_RESOURCE, operator: "Exists", effect: "NoSchedule" };
const nothing = () => [];
const taint = (key: string, value: string): Taint => ({ key, value, effect: "NoSchedule" });
const tolerate = ({ key, value, effect }: Taint): Toleration => ({ key, operator: "Equal", value, effect });
const common = (provisioning: string) => (flavor: ResolvedFlavor) => ({
  [ACCELERATOR]: flavor.accelerator,
  [PROVISIONING]: provisioning,
});

const spotTaint = taint(SPOT, "true");
const flexStartTaint = taint(FLEX_START, "true");
const reservedFor = (flavor: ResolvedFlavor) => taint(FLAVOR_TAINT, flavor.name);
const reservationLabels = (flavor: ResolvedFlavor) => ({
  ...common("standard")(flavor),
  [RESERVATION_NAME]: flavor.reservation ?? "",
  [RESERVATION_AFFINITY]: "specific",
});
const computeClass = (flavor: ResolvedFlavor) => ({ [COMPUTE_CLASS]: flavor.name });

export const provisioningModes: Readonly<Record<Provisioning, ProvisioningMode>> = {
  "on-demand": {
    queue: "team",
    nodeLabels: common("standard"),
    nodeTaints: nothing,
    addedTolerations: [gpuToleration],
    podSelector: common("standard"),
    podTolerations: nothing,
  },
  spot: {
    queue: "team",
    nodeLabels: common("spot"),
    nodeTaints: () => [spotTaint],
    addedTolerations: [gpuToleration],
    // GKE's page on Spot pods speaks of `gke-spot` only; the other key is the one that Kueue compares.
    podSelector: (flavor) => ({ ...common("spot")(flavor), [SPOT]: "true" }),
    podTolerations: () => [tolerate(spotTaint)],
  },
  "flex-start": {
    queue: "team",
    nodeLabels: common("flex-start"),
    nodeTaints: () => [flexStartTaint],
    addedTolerations: [gpuToleration],
    podSelector: (flavor) => ({
      ...common("flex-start")(flavor),
      [FLEX_START]: "true",
      [MAX_RUN_DURATION]: String(flavor.maxRunSeconds),
    }),
    podTolerations: () => [tolerate(flexStartTaint)],
  },
  queued: {
    queue: "own",
    nodeLabels: common("flex-start"),
    nodeTaints: nothing,
    addedTolerations: [gpuToleration, tolerate(taint(QUEUED, "true"))],
    // As in GKE's page on ProvisioningRequest. No run limit here: GKE refuses the label, the check's parameters carry it.
    podSelector: (flavor) => ({ ...common("flex-start")(flavor), [FLEX_START]: "true" }),
    podTolerations: nothing,
  },
  reservation: {
    queue: "team",
    nodeLabels: reservationLabels,
    nodeTaints: (flavor) => [reservedFor(flavor)],
    addedTolerations: [gpuToleration],
    podSelector: reservationLabels,
    podTolerations: (flavor) => [tolerate(reservedFor(flavor))],
  },
  ladder: {
    queue: "own",
    // Nothing but the class: GKE compares a pod's accelerator, driver version included, with that of the class and refuses
    // a pod that differs; and no value of gke-provisioning fits all the steps.
    nodeLabels: computeClass,
    nodeTaints: nothing,
    addedTolerations: [gpuToleration],
    podSelector: computeClass,
    podTolerations: nothing,
  },
};
