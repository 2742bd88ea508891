import type { Manifest } from "../../kubernetes/manifest";
import { admissionPolicy } from "../admission-policy";
import { gateWall } from "./gate-wall";
import { gpuWall } from "./gpu-wall";
import { hostWall } from "./host-wall";
import { jobPriorityWall, jobQueueWall, type JudgedKind } from "./job-walls";
import { ownerWall } from "./owner-wall";
import { podGroupWall } from "./pod-group-wall";
import { priorityWall } from "./priority-wall";
import { queueWall } from "./queue-wall";
import { type RunLimit, runLimitWall } from "./run-limit-wall";
import { secretWall } from "./secret-wall";
import { type TenantFacts, tenantFacts } from "./tenant-facts";
import { tenantWall } from "./tenant-wall";
import { tokenWall } from "./token-wall";

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

  /** What tasks become beside pods: the kinds of job that Kueue admits as a whole. @default none */
  readonly jobs?: readonly JudgedKind[];
}

const QUEUES = "queues-of-namespaces";
const PRIORITIES = "priorities-of-namespaces";

/**
 * What keeps tenants apart, and each within its quota. Always refused, in every environment: what may be only noted is in
 * `admission-policies.ts`. What a wall must know about a namespace is a line of a ConfigMap outside of it.
 */
export function walls(props: WallsProps): readonly Manifest[] {
  const { tenants, namespace, gpus, gpuClasses, runLimits, jobs = [] } = props;
  const queues = { name: QUEUES, namespace };
  const priorities = { name: PRIORITIES, namespace };
  const policies = [
    secretWall,
    hostWall,
    ownerWall,
    podGroupWall,
    queueWall(queues),
    ...(gpus ? [gpuWall(gpuClasses), runLimitWall(runLimits)] : []),
    priorityWall(priorities),
    gateWall,
    tenantWall,
    tokenWall,
    ...(jobs.length > 0 ? [jobQueueWall(jobs, queues), jobPriorityWall(jobs, priorities)] : []),
  ];
  return [
    tenantFacts(queues, tenants, (tenant) => tenant.queues),
    tenantFacts(priorities, tenants, (tenant) => tenant.priorities),
    ...policies.flatMap((policy) => admissionPolicy(policy, "enforce")),
  ];
}
