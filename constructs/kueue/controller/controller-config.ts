import { KUEUE_WEBHOOK_PORT } from "./control-plane-ports";

/** Kinds of work that Kueue looks at. A kind whose CRD is missing costs nothing: Kueue waits for it. */
export type KueueFramework =
  | "batch/job"
  | "pod"
  | "jobset.x-k8s.io/jobset"
  | "ray.io/rayjob"
  | "ray.io/raycluster"
  | "ray.io/rayservice"
  | "leaderworkerset.x-k8s.io/leaderworkerset"
  | "kubeflow.org/mpijob"
  | "kubeflow.org/pytorchjob"
  | "kubeflow.org/tfjob"
  | "trainer.kubeflow.org/trainjob";

export interface ControllerConfigProps {
  /**
   * How long an admitted pod may take to become ready before Kueue deletes it. Pods on flex-start, spot and
   * on-demand flavors wait for their node *after* admission, so this is the longest wait for a GPU on those.
   * Kueue's own default is 30 minutes. The wait for a queued (DWS) flavor comes before admission and does not count.
   *
   * Shape: whole number and unit m, h or d: "168h".
   * @default "7d"
   */
  readonly waitForPodsReady?: string;

  /**
   * How long a rejected workload is kept, with its pod held back, before Kueue deletes both. Without this the pod
   * would hang for ever; with it, Flyte sees the pod go and asks again: six times, so that six times this is how long a
   * task outlasts refusals.
   *
   * Shape: as `waitForPodsReady`.
   * @default "3h"
   */
  readonly retainDeactivated?: string;

  /**
   * How long the record of finished work is kept: what `kubectl describe workload` can still tell.
   *
   * Shape: as `waitForPodsReady`.
   * @default "24h"
   */
  readonly retainFinished?: string;

  /**
   * Kinds of work to queue beside jobs, pods, job sets and Ray's.
   *
   * @default - none
   */
  readonly frameworks?: readonly KueueFramework[];
}

/** What is always queued. Ray's kinds cost nothing where there is no Ray. */
const usualFrameworks = [
  "batch/job",
  "pod",
  "jobset.x-k8s.io/jobset",
  "ray.io/rayjob",
  "ray.io/raycluster",
] as const satisfies readonly KueueFramework[];

/** The keys of Kueue's v1beta2 configuration that are set here. Kueue stops at a key that it does not know. */
export interface ControllerConfiguration {
  readonly apiVersion: "config.kueue.x-k8s.io/v1beta2";
  readonly kind: "Configuration";
  readonly health: { readonly healthProbeBindAddress: string };
  readonly metrics: { readonly bindAddress: string; readonly enableClusterQueueResources: boolean };
  readonly webhook: { readonly port: number };
  readonly leaderElection: { readonly leaderElect: boolean; readonly resourceName: string };
  readonly controller: { readonly groupKindConcurrency: Readonly<Record<ReconciledKind, number>> };
  readonly clientConnection: { readonly qps: number; readonly burst: number };
  readonly waitForPodsReady: {
    readonly timeout: string;
    readonly recoveryTimeout: string;
    readonly blockAdmission: boolean;
  };
  readonly managedJobsNamespaceSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly integrations: { readonly frameworks: readonly KueueFramework[] };
  readonly fairSharing: {
    readonly preemptionStrategies: readonly ["LessThanOrEqualToFinalShare", "LessThanInitialShare"];
  };
  readonly admissionFairSharing: {
    readonly usageHalfLifeTime: string;
    readonly usageSamplingInterval: string;
    readonly resourceWeights: Readonly<Record<string, number>>;
  };
  readonly objectRetentionPolicies: {
    readonly workloads: { readonly afterFinished: string; readonly afterDeactivatedByKueue: string };
  };
}

type ReconciledKind =
  | "Job.batch"
  | "Pod"
  | "Workload.kueue.x-k8s.io"
  | "LocalQueue.kueue.x-k8s.io"
  | "ClusterQueue.kueue.x-k8s.io"
  | "ResourceFlavor.kueue.x-k8s.io";

/**
 * The configuration of Kueue's manager. What is not set here keeps Kueue's default; ports and leader election are
 * the chart's own, which its Services and probes rely on.
 *
 * @see kueue.sigs.k8s.io/docs/reference/kueue-config.v1beta2 (0.19)
 */
export function controllerConfiguration(props: ControllerConfigProps = {}): ControllerConfiguration {
  return {
    apiVersion: "config.kueue.x-k8s.io/v1beta2",
    kind: "Configuration",
    health: { healthProbeBindAddress: ":8081" },
    // Without the second, no metric tells quota from usage.
    metrics: { bindAddress: ":8443", enableClusterQueueResources: true },
    webhook: { port: KUEUE_WEBHOOK_PORT },
    leaderElection: { leaderElect: true, resourceName: "c1f6bfd2.kueue.x-k8s.io" },
    controller: {
      groupKindConcurrency: {
        "Job.batch": 5,
        Pod: 5,
        "Workload.kueue.x-k8s.io": 10,
        "LocalQueue.kueue.x-k8s.io": 5,
        "ClusterQueue.kueue.x-k8s.io": 5,
        "ResourceFlavor.kueue.x-k8s.io": 1,
      },
    },
    clientConnection: { qps: 300, burst: 500 },
    waitForPodsReady: {
      timeout: goDuration(props.waitForPodsReady ?? "7d"),
      recoveryTimeout: "30m",
      // One pod that waits for its node must not hold up everybody else's admission.
      blockAdmission: false,
    },
    // The webhooks take over this selector: while Kueue is away, only opted-in namespaces cannot make pods.
    managedJobsNamespaceSelector: { matchLabels: { "kueue-managed": "true" } },
    integrations: {
      frameworks: [...new Set([...usualFrameworks, ...(props.frameworks ?? [])])],
    },
    fairSharing: { preemptionStrategies: ["LessThanOrEqualToFinalShare", "LessThanInitialShare"] },
    // Only ClusterQueues whose admissionScope asks for it. Kueue adds up plain numbers, in which a byte weighs as
    // much as a CPU: so memory and disk, which follow from the rest, count nothing.
    admissionFairSharing: {
      usageHalfLifeTime: "168h",
      usageSamplingInterval: "5m",
      resourceWeights: { cpu: 1, memory: 0, "ephemeral-storage": 0, "nvidia.com/gpu": 50 },
    },
    objectRetentionPolicies: {
      workloads: {
        afterFinished: goDuration(props.retainFinished ?? "24h"),
        afterDeactivatedByKueue: goDuration(props.retainDeactivated ?? "3h"),
      },
    },
  };
}

/** Go knows no days. */
function goDuration(duration: string): string {
  return duration.endsWith("d") ? `${Number(duration.slice(0, -1)) * 24}h` : duration;
}
