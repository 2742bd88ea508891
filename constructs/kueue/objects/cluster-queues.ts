import { checkName } from "./admission-checks";
import { gpuOf, mostPerGpu } from "../gpus";
import type { Manifest } from "../../kubernetes/manifest";
import { byName } from "../../kubernetes/manifest";
import { GENERAL_FLAVOR, GPU_HOSTS_FLAVOR, KUEUE_API, namespaceOf, ownClusterQueue } from "../names";
import { GPU_RESOURCE } from "../node-labels";
import { flavorsOf, quotaOf } from "./quotas";
import type { GpuQuota, Preemption, Queues, Team } from "../types";

/**
 * Autopilot gives every pod a request of ephemeral storage, and Kueue admits none whose queue does not know the resource.
 * It is not what anybody runs out of, so every queue has more of it than a cluster could use.
 */
const PLENTY_OF_STORAGE = "1Pi";

const preemptions: Readonly<Record<Preemption, object>> = {
  never: { withinClusterQueue: "Never", reclaimWithinCohort: "Never" },
  reclaim: { withinClusterQueue: "Never", reclaimWithinCohort: "Any" },
  "lower-priority": { withinClusterQueue: "LowerPriority", reclaimWithinCohort: "Any" },
};

/**
 * A team's queues: `<team>` for CPU work and shared GPU flavors, and `<team>-<flavor>` for each flavor with a queue of its
 * own. An admission check that is not active stops its whole ClusterQueue, and there it can stop nothing else.
 */
export function clusterQueues(queues: Queues, domains: readonly string[]): Manifest[] {
  return byName(queues.teams).flatMap(([name, team]) => {
    const { shared, own } = flavorsOf(queues, team);
    const common = commonSpec(name, team, domains);
    return [
      clusterQueue(name, { ...common, ...teamQueue(team, shared) }),
      ...[...own]
        .sort()
        .map((flavor) =>
          clusterQueue(ownClusterQueue(name, flavor), { ...common, ...ownQueue(queues, team, flavor) }),
        ),
    ];
  });
}

function clusterQueue(name: string, spec: object): Manifest {
  return { apiVersion: KUEUE_API, kind: "ClusterQueue", metadata: { name }, spec };
}

/** What all queues of a team have in common. */
function commonSpec(cohortName: string, team: Team, domains: readonly string[]) {
  return {
    cohortName,
    namespaceSelector: {
      matchExpressions: [
        { key: "kubernetes.io/metadata.name", operator: "In", values: namespacesOf(team, domains) },
      ],
    },
    queueingStrategy: "BestEffortFIFO",
    flavorFungibility: { whenCanBorrow: "MayStopSearch", whenCanPreempt: "TryNextFlavor" },
    // No borrowWithinCohort: Kueue's fair sharing decides that.
    preemption: preemptions[team.preemption ?? "reclaim"],
    stopPolicy: team.stopPolicy ?? "None",
    ...(team.order === "usage" && { admissionScope: { admissionMode: "UsageBasedAdmissionFairSharing" } }),
  };
}

function teamQueue(team: Team, shared: readonly string[]) {
  const cpuGroup = hosts(GENERAL_FLAVOR, team.cpu, team.memoryGib);
  return { resourceGroups: shared.length > 0 ? [cpuGroup, gpuGroup(team, shared)] : [cpuGroup] };
}

function ownQueue(queues: Queues, team: Team, flavorName: string) {
  const flavor = queues.flavors[flavorName];
  const gpu = gpuOf(flavor?.gpu ?? "");
  if (!flavor || !gpu)
    throw new Error(`unknown flavor ${JSON.stringify(flavorName)}; queueProblems() comes first`);
  const { nominal } = quotaOf(team.gpus?.[flavorName] ?? 0);
  const { cpu, memoryGib } = mostPerGpu(gpu);
  return {
    // What the GPUs can take along at most: lent and borrowed with them, and out of reach for CPU work.
    resourceGroups: [
      hosts(GPU_HOSTS_FLAVOR, Math.ceil(nominal * cpu), Math.ceil(nominal * memoryGib)),
      gpuGroup(team, [flavorName]),
    ],
    ...(flavor.provisioning === "queued" && {
      admissionChecksStrategy: {
        admissionChecks: [{ name: checkName(flavorName, flavor), onFlavors: [flavorName] }],
      },
    }),
  };
}

/** CPU and memory apart from GPUs: in one group, a pod without a GPU would be given a GPU flavor's node labels. */
function hosts(flavor: string, cpu: number, memoryGib: number) {
  return resourceGroup({
    [flavor]: [
      { name: "cpu", nominalQuota: String(cpu) },
      { name: "memory", nominalQuota: `${memoryGib}Gi` },
      { name: "ephemeral-storage", nominalQuota: PLENTY_OF_STORAGE },
    ],
  });
}

function gpuGroup(team: Team, flavors: readonly string[]) {
  const quotas = flavors.map((flavor) => [flavor, [gpuQuota(quotaOf(team.gpus?.[flavor] ?? 0))]] as const);
  return resourceGroup(Object.fromEntries(quotas));
}

function gpuQuota({ nominal, borrowing, lending }: GpuQuota): ResourceQuota {
  return {
    name: GPU_RESOURCE,
    nominalQuota: String(nominal),
    ...(borrowing !== undefined && { borrowingLimit: String(borrowing) }),
    ...(lending !== undefined && { lendingLimit: String(lending) }),
  };
}

interface ResourceQuota {
  readonly name: string;
  readonly nominalQuota: string;
  readonly borrowingLimit?: string;
  readonly lendingLimit?: string;
}

/** Kueue wants every flavor of a group to list the group's resources, in the same order. */
function resourceGroup(flavors: Readonly<Record<string, readonly ResourceQuota[]>>) {
  const entries = Object.entries(flavors);
  return {
    coveredResources: (entries[0]?.[1] ?? []).map(({ name }) => name),
    flavors: entries.map(([name, resources]) => ({ name, resources })),
  };
}

function namespacesOf({ projects }: Team, domains: readonly string[]): string[] {
  return projects.flatMap((project) => domains.map((domain) => namespaceOf(project, domain))).sort();
}
