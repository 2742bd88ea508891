import type { KubeApi } from "../api/client";
import type { Informer } from "../api/informer";
import type { KubeObject, Pod, ProvisioningRequest, Workload } from "../api/objects";
import type { Job } from "../tasks/work";
import { type EnvironmentModel, type FlavorModel, GPU } from "../objects/environment-model";
import type { Clock } from "../objects/time";
import type { Scenario } from "../scenarios/scenario";
import { Autoscaler } from "./autoscaler";
import { Nodes } from "./nodes";
import { Pool } from "./pool";
import { Requests } from "./requests";

const SWEEP_MS = 60_000;
const WORKLOAD_OF = "kueue.x-k8s.io/workload";

export interface Watched {
  readonly pods: Informer<Pod>;
  readonly workloads: Informer<Workload>;
  readonly requests: Informer<ProvisioningRequest>;
  readonly jobs?: Informer<Job>;
}

/** Stands in for Google: gives out GPU nodes as the scenario's capacity allows. */
export class Provisioner {
  readonly nodes: Nodes;
  readonly requests: Requests;
  private readonly pools: ReadonlyMap<string, Pool>;

  constructor(
    api: KubeApi,
    { pods, workloads, requests, jobs }: Watched,
    { name, capacity = {} }: Scenario,
    private readonly model: EnvironmentModel,
    clock: Clock,
    stop: AbortSignal,
  ) {
    this.nodes = new Nodes(api, pods, clock);
    this.pools = new Map(
      model.flavors.map((flavor) => {
        const capacityOf = capacity[flavor.name] ?? capacity[flavor.provisioning] ?? {};
        return [flavor.name, new Pool(flavor.name, capacityOf, clock, name)];
      }),
    );
    const flavorOfWorkload = (key: string) => this.flavorOf(workloads.get(key));
    const poolOfRequest = (request: ProvisioningRequest) => this.poolOf(flavorOfWorkload(ownerOf(request)));
    const taskOf = (request: ProvisioningRequest) => {
      const workload = workloads.get(ownerOf(request));
      const key = workload ? ownerOf(workload) : "";
      const { labels = {} } = (pods.get(key) ?? jobs?.get(key))?.metadata ?? {};
      return { group: labels["task-name"] ?? "", id: labels["execution-id"] ?? "" };
    };
    this.requests = new Requests(api, requests, this.nodes, poolOfRequest, taskOf, clock, stop);
    const flavorOfPod = ({ metadata: { namespace, annotations = {} } }: Pod) =>
      flavorOfWorkload(`${namespace}/${annotations[WORKLOAD_OF]}`);
    const autoscaler = new Autoscaler(pods, this.nodes, flavorOfPod, (flavor) => this.poolOf(flavor), stop);
    void this.sweep(autoscaler, clock, stop);
  }

  close(): void {
    this.nodes.close();
  }

  private async sweep(autoscaler: Autoscaler, clock: Clock, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await clock.passMs(SWEEP_MS, stop).catch(() => undefined);
      if (stop.aborted) return;
      autoscaler.look();
      // What an API server that is away leaves undone is done the next time.
      await this.nodes.sweep().catch(() => undefined);
    }
  }

  private flavorOf(workload: Workload | undefined): FlavorModel | undefined {
    const assignments = workload?.status?.admission?.podSetAssignments ?? [];
    const name = assignments.map(({ flavors }) => flavors?.[GPU]).find(Boolean);
    return this.model.flavors.find((flavor) => flavor.name === name);
  }

  private poolOf(flavor: FlavorModel | undefined): Pool {
    const pool = this.pools.get(flavor?.name ?? "");
    if (!pool) throw new Error(`nobody knows the flavor ${flavor?.name}`);
    return pool;
  }
}

/** `namespace/name` of the first owner. */
function ownerOf({ metadata: { namespace, ownerReferences = [] } }: KubeObject): string {
  return `${namespace}/${ownerReferences[0]?.name}`;
}
