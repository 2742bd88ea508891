import type { Manifest } from "../../kubernetes/manifest";
import { type AdmissionPolicy, admissionPolicy } from "../admission-policy";
import type { JobTemplates } from "../images-of";
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
import { jobTeamImageWall, teamImageWall } from "./team-image-wall";
import { type TenantFacts, tenantFacts } from "./tenant-facts";
import { tenantWall } from "./tenant-wall";
import { tokenWall } from "./token-wall";
import { jobVolumeWall, volumeWall } from "./volume-wall";

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

  /** Where such jobs say what their pods are like. @default nothing that is judged before the pods themselves */
  readonly jobTemplates?: readonly JobTemplates[];

  /** Service accounts of tasks whose pods make pods. @default none */
  readonly podMakers?: readonly string[];

  /** Whether teams have file servers. @default false */
  readonly fileServers?: boolean;

  /** Walls of others. @default none */
  readonly more?: readonly AdmissionPolicy[];
}

const QUEUES = "queues-of-namespaces";
const PRIORITIES = "priorities-of-namespaces";
const REPOSITORIES = "repositories-of-namespaces";
const BUCKETS = "buckets-of-namespaces";

/**
 * What keeps tenants apart, and each within its quota. Always refused, in every environment: what may be only noted is in
 * `admission-policies.ts`. What a wall must know about a namespace is a line of a ConfigMap outside of it.
 */
export function walls(props: WallsProps): readonly Manifest[] {
  const { tenants, namespace, gpus, gpuClasses, runLimits } = props;
  const { jobs = [], jobTemplates = [], podMakers = [], fileServers = false, more = [] } = props;
  const queues = { name: QUEUES, namespace };
  const priorities = { name: PRIORITIES, namespace };
  const repositories = { name: REPOSITORIES, namespace };
  const inBuckets = { name: BUCKETS, namespace };
  const buckets = [...new Set(Object.values(tenants).flatMap((tenant) => tenant.buckets ?? []))].sort();
  const guarded = { buckets, fileServers };
  const ofTeams = [...new Set(Object.values(tenants).flatMap((tenant) => tenant.repositories))];
  const policies = [
    secretWall,
    hostWall,
    ownerWall(podMakers),
    podGroupWall,
    queueWall(queues),
    ...(gpus ? [gpuWall(gpuClasses), runLimitWall(runLimits)] : []),
    priorityWall(priorities),
    gateWall,
    tenantWall,
    tokenWall,
    ...(jobs.length > 0 ? [jobQueueWall(jobs, queues), jobPriorityWall(jobs, priorities)] : []),
    ...(ofTeams.length > 0
      ? [
          teamImageWall(ofTeams, repositories),
          ...jobTemplates.map((job) => jobTeamImageWall(job, ofTeams, repositories)),
        ]
      : []),
    ...(buckets.length > 0 || fileServers
      ? [volumeWall(guarded, inBuckets), ...jobTemplates.map((job) => jobVolumeWall(job, guarded, inBuckets))]
      : []),
    ...more,
  ];
  return [
    tenantFacts(queues, tenants, (tenant) => tenant.queues),
    tenantFacts(priorities, tenants, (tenant) => tenant.priorities),
    ...(ofTeams.length > 0 ? [tenantFacts(repositories, tenants, (tenant) => tenant.repositories)] : []),
    ...(buckets.length > 0 || fileServers
      ? [tenantFacts(inBuckets, tenants, (tenant) => tenant.buckets ?? [])]
      : []),
    ...policies.flatMap((policy) => admissionPolicy(policy, "enforce")),
  ];
}
