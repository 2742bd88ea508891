import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../kubernetes/manifest-release";
import { gkeQueueObjects, queueObjects } from "./objects/queue-objects";
import { checkQueues } from "./rules/queue-check";
import type { Queues } from "./types";

export interface QueueSystemProps {
  /** Flavors, teams and priorities. */
  readonly queues: Queues;

  /** Flyte's domains. */
  readonly domains: readonly string[];

  /** Namespace of the Helm releases. The objects themselves belong to no namespace. */
  readonly namespace: string;

  /** Path of the chart: `ManifestChart.path`. */
  readonly chart: string;

  /**
   * Manifests that must have run before the queue objects: `webhookGate()`.
   *
   * @default - nothing
   */
  readonly gate?: readonly object[];

  /**
   * What must be there first: the release of Kueue, and whatever lifts finalizers from the pods that run in these queues,
   * because it goes when they are gone.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Kueue's flavors, quotas, priorities and admission checks: who may use how many of which GPUs, and how they are obtained.
 * What a task needs in its own namespace comes with `Tenants`.
 */
export class QueueSystem extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: QueueSystemProps) {
    super(scope, id);
    checkQueues(this, props);
    const { chart, namespace, dependsOn } = props;
    const classes = gkeQueueObjects(props);
    const ladders =
      classes.length > 0
        ? new ManifestRelease(this, "ladders", {
            name: "ladders",
            namespace,
            chart,
            manifests: classes,
            dependsOn,
          })
        : undefined;
    const queues = new ManifestRelease(this, "Default", {
      name: "queues",
      namespace,
      chart,
      manifests: [...(props.gate ?? []), ...queueObjects(props)],
      // Room for the gate: on a new cluster its pod waits for a node.
      timeoutSeconds: 600,
      dependsOn,
    });
    this.ready = [...queues.ready, ...(ladders?.ready ?? [])];
  }
}
