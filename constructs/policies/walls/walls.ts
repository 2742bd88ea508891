import type { Manifest } from "../../kubernetes/manifest";
import { admissionPolicy } from "../admission-policy";
import { gateWall } from "./gate-wall";
import { gpuWall } from "./gpu-wall";
import { hostWall } from "./host-wall";
import { ownerWall } from "./owner-wall";
import { podGroupWall } from "./pod-group-wall";
import { priorityWall } from "./priority-wall";
import { queueWall } from "./queue-wall";
import { type RunLimit, runLimitWall } from "./run-limit-wall";
import { secretWall } from "./secret-wall";
import { type TenantFacts, tenantFacts } from "./tenant-facts";
import { tenantWall } from "./tenant-wall";

export interface WallsProps {
  /** By namespace of tasks. */
  readonly tenants: Readonly<Record<string, TenantFacts>>;

  /** Where the facts about tenants are kept: a namespace that no tenant writes in. */
  readonly namespace: string;

  /** Whether the platform has GPUs: without any, nothing that is deployed speaks of them. */
  readonly gpus: boolean;

  /** ComputeClasses whose nodes have GPUs. */
  readonly gpuClasses: readonly string[];

  /** Run limits of the flex-start flavors. */
  readonly runLimits: readonly RunLimit[];
}

const QUEUES = "queues-of-namespaces";
const PRIORITIES = "priorities-of-namespaces";

/**
 * What keeps tenants apart, and each within its quota. Always refused, in every environment: what may be only noted is in
 * `admission-policies.ts`. What a wall must know about a namespace is a line of a ConfigMap outside of it.
 */
export function walls({ tenants, namespace, gpus, gpuClasses, runLimits }: WallsProps): readonly Manifest[] {
  const policies = [
    secretWall,
    hostWall,
    ownerWall,
    podGroupWall,
    queueWall({ name: QUEUES, namespace }),
    ...(gpus ? [gpuWall(gpuClasses), runLimitWall(runLimits)] : []),
    priorityWall({ name: PRIORITIES, namespace }),
    gateWall,
    tenantWall,
  ];
  return [
    tenantFacts({ name: QUEUES, namespace }, tenants, ({ queues }) => queues),
    tenantFacts({ name: PRIORITIES, namespace }, tenants, ({ priorities }) => priorities),
    ...policies.flatMap((policy) => admissionPolicy(policy, "enforce")),
  ];
}
