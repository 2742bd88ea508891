import { PROVISIONING_REQUEST, QUEUED } from "../../constructs/kueue/node-labels";
import type { KubeApi } from "../api/client";
import type { Informer } from "../api/informer";
import { type PodTemplate, type ProvisioningRequest, keyOf } from "../api/objects";
import { GPU } from "../objects/environment-model";
import type { Clock } from "../objects/time";
import type { RequestFault } from "../scenarios/scenario";
import { type Nodes, bookingMs } from "./nodes";
import type { Pool } from "./pool";

const CLASS = "queued-provisioning.gke.io";

type ConditionType = "Accepted" | "Provisioned" | "Failed" | "BookingExpired" | "CapacityRevoked";

/** Answers provisioning requests as GKE's autoscaler does: accepted, waiting, provisioned, expired, revoked, failed. */
export class Requests {
  /** How many pods every request that was ever made is for, by `namespace/name`. */
  readonly seen = new Map<string, number>();
  private readonly serving = new Map<string, AbortController>();

  constructor(
    private readonly api: KubeApi,
    informer: Informer<ProvisioningRequest>,
    private readonly nodes: Nodes,
    private readonly poolOf: (request: ProvisioningRequest) => Pool,
    private readonly taskOf: (request: ProvisioningRequest) => {
      readonly group: string;
      readonly id: string;
    },
    private readonly clock: Clock,
    private readonly stop: AbortSignal,
  ) {
    informer.on({ changed: (request) => this.take(request), removed: (request) => this.drop(request) });
  }

  private take(request: ProvisioningRequest): void {
    const key = request.metadata.uid ?? keyOf(request);
    if (request.spec.provisioningClassName !== CLASS || this.serving.has(key)) return;
    this.seen.set(
      keyOf(request),
      request.spec.podSets.reduce((sum, { count }) => sum + count, 0),
    );
    const given = new AbortController();
    this.serving.set(key, given);
    this.stop.addEventListener("abort", () => given.abort(), { once: true });
    // A request that Kueue takes back, and the end of the scenario, end its serving.
    this.serve(request, given.signal).catch(() => undefined);
  }

  private drop(request: ProvisioningRequest): void {
    this.serving.get(request.metadata.uid ?? keyOf(request))?.abort();
  }

  private async serve(request: ProvisioningRequest, stop: AbortSignal): Promise<void> {
    const { name, namespace = "" } = request.metadata;
    const [podSet] = request.spec.podSets;
    if (!podSet || request.spec.podSets.length > 1)
      return this.set(request, "Failed", "MultiplePodSetsUnsupported", "exactly one pod set is supported");
    const path = `/api/v1/namespaces/${namespace}/podtemplates/${podSet.podTemplateRef.name}`;
    const { template } = await this.api.get<PodTemplate>(path);
    const gpus = Number(template.spec.containers[0]?.resources?.requests?.[GPU] ?? 0);
    if (gpus === 0)
      return this.set(request, "Failed", "NoQueuedNodepoolAvailable", "no node pool for pods without a GPU");
    const pool = this.poolOf(request);
    const number = pool.next();
    const { group, id } = this.taskOf(request);
    const fault = pool.fault(group, id);
    await this.accept(request);
    if (fault?.kind === "never") return;
    const wanted = gpus * podSet.count;
    await pool.acquire(wanted, number, stop);
    if (fault?.kind === "failed" || fault?.kind === "booking-expired") {
      pool.release(wanted);
      return this.fail(request, fault);
    }
    const labels = { ...template.spec.nodeSelector, [PROVISIONING_REQUEST]: name };
    const taints = [{ key: QUEUED, value: "true", effect: "NoSchedule" }];
    const names = Array.from({ length: podSet.count }, (_, index) => `${name}-${index}`);
    for (const node of names) await this.nodes.make({ name: node, pool, namespace, gpus, labels, taints });
    await this.set(
      request,
      "Provisioned",
      "Provisioned",
      "Provisioning Request was successfully provisioned",
    );
    await this.outlive(request, fault, stop);
    for (const node of names) await this.nodes.takeAway(node, "CapacityRevoked");
  }

  private async accept(request: ProvisioningRequest): Promise<void> {
    const provisioningClassDetails = { ResizeRequestName: request.metadata.name };
    await this.api.patch(request, { status: { provisioningClassDetails } }, "status");
    await this.set(request, "Accepted", "SuccessfullyQueued", "Provisioning Request was successfully queued");
  }

  private async fail(request: ProvisioningRequest, fault: RequestFault): Promise<void> {
    if (fault.kind === "booking-expired")
      return this.set(
        request,
        "BookingExpired",
        "BookingExpired",
        "Capacity booking for the request has expired",
      );
    const reason = fault.kind === "failed" ? fault.reason : "Failed";
    await this.set(request, "Failed", reason, `Provisioning Request failed: ${reason}`);
  }

  /** The booking ends when nobody came, the capacity when the run limit is over. */
  private async outlive(request: ProvisioningRequest, fault: RequestFault | undefined, stop: AbortSignal) {
    const limit = Number(request.spec.parameters?.["maxRunDurationSeconds"] ?? 604_800) * 1_000;
    const lives = fault?.kind === "revoked" ? this.clock.real(fault.after) * this.clock.factor : limit;
    const booked = Math.min(bookingMs(this.clock), lives);
    await this.clock.passMs(booked, stop);
    if (booked < lives) {
      await this.set(
        request,
        "BookingExpired",
        "BookingExpired",
        "Capacity booking for the request has expired",
      );
      await this.clock.passMs(lives - booked, stop);
    }
    await this.set(
      request,
      "CapacityRevoked",
      "CapacityRevoked",
      "Capacity was revoked: the run limit is over",
    );
  }

  private async set(request: ProvisioningRequest, type: ConditionType, reason: string, message: string) {
    const fresh = await this.api.get<ProvisioningRequest>(
      `/apis/autoscaling.x-k8s.io/v1/namespaces/${request.metadata.namespace}/provisioningrequests/${request.metadata.name}`,
    );
    const others = (fresh.status?.conditions ?? []).filter((condition) => condition.type !== type);
    const lastTransitionTime = new Date().toISOString().replace(/\.\d+/, "");
    const conditions = [
      ...others,
      { type, status: "True", reason, message, lastTransitionTime, observedGeneration: 1 },
    ];
    await this.api.patch(request, { status: { conditions } }, "status");
  }
}
