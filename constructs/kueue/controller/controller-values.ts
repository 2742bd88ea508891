import { type ImageSources, pulled } from "../../images";
import { controllerConfiguration, type ControllerConfigProps } from "./controller-config";

/**
 * Gates of Kueue 0.19 that make a difference in a single cluster. Kueue stops at a name that it does not know, so
 * the names are written out; add one here when it is needed.
 *
 * @see pkg/features/kube_features.go of the same version
 */
export type KueueFeatureGate =
  | "AdmissionFairSharing"
  | "CleanupProvisioningRequestsOnEviction"
  | "ConcurrentAdmission"
  | "CustomMetricLabels"
  | "ElasticJobsViaWorkloadSlices"
  | "FailureRecoveryPolicy"
  | "FastQuotaReleaseInPodIntegration"
  | "LocalQueueMetrics"
  | "MetricsForCohorts"
  | "MultiKueue"
  | "PriorityBoost"
  | "SkipReassignmentForPodOwnedWorkloads"
  | "TopologyAwareScheduling"
  | "UnadmittedWorkloadsObservability"
  | "VisibilityOnDemand"
  | "WorkloadPriorityClassDefaulting";

export interface KueueValuesProps extends ControllerConfigProps {
  /** What the objects of the chart are called: `<name>-controller-manager` and so on. */
  readonly name: string;

  /**
   * Copies of the manager: one works, the others answer webhooks and stand by. From two on they run on different
   * nodes and a node upgrade takes one at a time.
   *
   * Shape: 1 to 5.
   * @default 2
   */
  readonly replicas?: number;

  /**
   * Where its image is pulled from, and what it is held to.
   *
   * @default - registry.k8s.io, by tag
   */
  readonly images?: ImageSources;

  /**
   * The only place for gates: Kueue refuses to start when they stand in its configuration too.
   *
   * @default - Kueue's own, but for {@link defaultGates}
   */
  readonly featureGates?: Readonly<Partial<Record<KueueFeatureGate, boolean>>>;
}

/**
 * On by default since 0.19: the workload of a single pod is not requeued after a preemption, because the pod dies with
 * it. A pod that still waits for its DWS nodes does not die, and would wait for ever (docs/rehearsal.md).
 */
const defaultGates = { SkipReassignmentForPodOwnedWorkloads: false } as const;

/** The chart in Kueue's git history pulls staging images: only the packaged one, and this tag, are a release. */
export const kueueVersion = "0.19.2";
export const kueueImage = `registry.k8s.io/kueue/kueue:v${kueueVersion}`;

/**
 * Values of the Kueue chart.
 *
 * No `priorityClassName`: GKE keeps the critical ones for namespaces that hold a ResourceQuota for them.
 * No cert-manager: Kueue makes its own certificates.
 */
export function kueueValues(props: KueueValuesProps) {
  const replicas = props.replicas ?? 2;
  const gates = Object.entries({ ...defaultGates, ...props.featureGates }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return {
    fullnameOverride: props.name,
    // Its FlowSchemas are refused by GKE (kueue#5374).
    enableVisibilityAPF: false,
    controllerManager: {
      replicas,
      featureGates: gates.map(([name, enabled]) => ({ name, enabled })),
      // With one copy a budget would block every node upgrade.
      podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
      topologySpreadConstraints: replicas > 1 ? spread(props.name) : [],
      manager: {
        image: { ...pulled(kueueImage, props.images), pullPolicy: "IfNotPresent" },
        resources: { requests: managerResources, limits: managerResources },
      },
    },
    managerConfig: {
      // A string by the chart's wish, on many lines so that a plan shows the line that changes.
      controllerManagerConfigYaml: JSON.stringify(controllerConfiguration(props), null, 2),
    },
  };
}

/** vCPUs of each of the manager's pods. */
export const managerCpu = 0.5;

/**
 * Autopilot raises requests to limits and adds what is missing; saying it keeps plan and cluster alike.
 * 500 pods at once took 145 MiB and 0.2 CPU.
 */
const managerResources = { cpu: `${managerCpu * 1000}m`, memory: "1Gi", "ephemeral-storage": "1Gi" } as const;

/** Different nodes always, different zones where there is a choice. Counted per rollout, so that an upgrade moves. */
function spread(instance: string) {
  const rule = (topologyKey: string, whenUnsatisfiable: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector: {
      matchLabels: { "app.kubernetes.io/instance": instance, "control-plane": "controller-manager" },
    },
    matchLabelKeys: ["pod-template-hash"],
  });
  return [
    rule("kubernetes.io/hostname", "DoNotSchedule"),
    rule("topology.kubernetes.io/zone", "ScheduleAnyway"),
  ];
}
