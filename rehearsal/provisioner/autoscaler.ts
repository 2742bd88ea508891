import { FLAVOR_TAINT } from "../../constructs/kueue/node-labels";
import type { Informer } from "../api/informer";
import { type Pod, conditionOf, keyOf } from "../api/objects";
import { GPU, type FlavorModel } from "../objects/environment-model";
import type { Nodes } from "./nodes";
import type { Pool } from "./pool";

const CONSUMES = "autoscaling.x-k8s.io/consume-provisioning-request";

/** Makes nodes for GPU pods that the scheduler finds no place for, as Autopilot does for every mode but queued. */
export class Autoscaler {
  private readonly taken = new Set<string>();

  constructor(
    private readonly pods: Informer<Pod>,
    private readonly nodes: Nodes,
    private readonly flavorOf: (pod: Pod) => FlavorModel | undefined,
    private readonly poolOf: (flavor: FlavorModel) => Pool,
    private readonly stop: AbortSignal,
  ) {
    pods.on({ changed: (pod) => this.see(pod) });
  }

  /** To be called every so often: what Kueue decided may be known only after the pod's last change. */
  look(): void {
    for (const pod of this.pods.all()) this.see(pod);
  }

  private see(pod: Pod): void {
    const { uid = keyOf(pod), annotations = {} } = pod.metadata;
    if (this.taken.has(uid) || !this.isUnschedulable(pod) || CONSUMES in annotations) return;
    const gpus = Number(pod.spec.containers[0]?.resources?.requests?.[GPU] ?? 0);
    const flavor = this.flavorOf(pod);
    if (gpus === 0 || !flavor) return;
    this.taken.add(uid);
    this.serve(pod, gpus, flavor).catch(() => undefined);
  }

  private isUnschedulable(pod: Pod): boolean {
    return (
      pod.status?.phase === "Pending" &&
      !pod.metadata.deletionTimestamp &&
      conditionOf(pod, "PodScheduled")?.reason === "Unschedulable"
    );
  }

  private async serve(pod: Pod, gpus: number, flavor: FlavorModel): Promise<void> {
    const pool = this.poolOf(flavor);
    const number = pool.next();
    await pool.acquire(gpus, number, this.stop);
    const now = this.pods.get(keyOf(pod));
    if (!now || now.metadata.uid !== pod.metadata.uid || now.spec.nodeName || now.metadata.deletionTimestamp)
      return pool.release(gpus);
    await this.nodes.make({
      name: `${flavor.name}-${number}`,
      pool,
      namespace: pod.metadata.namespace ?? "",
      gpus,
      labels: { ...flavor.nodeLabels, ...pod.spec.nodeSelector },
      // A taint of the flavor alone exists for Kueue's choice; no node has it.
      taints: flavor.nodeTaints.filter(({ key }) => key !== FLAVOR_TAINT),
    });
  }
}
