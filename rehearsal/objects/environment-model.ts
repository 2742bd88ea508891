import type { KubeObject, Manifest, PodTemplate } from "../api/objects";
import type { ClusterQueue, Cohort, FlavorQuotas, LocalQueue, ResourceFlavor } from "./queues";
import { refusesTaste } from "./policies";
import type { Synthesised } from "./synthesised";
import type { OperatorName } from "../tools/programs";

export const GPU = "nvidia.com/gpu";

export type Provisioning = "on-demand" | "spot" | "flex-start" | "queued" | "reservation" | "ladder";

/** A GPU flavor as the objects describe it. */
export interface FlavorModel {
  readonly name: string;
  readonly provisioning: Provisioning;
  readonly nodeLabels: Readonly<Record<string, string>>;
  readonly nodeTaints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

export interface QuotaModel {
  readonly nominal: number;
  readonly borrowing: number;
  readonly lending: number;
}

/** A team: a cohort, its ClusterQueues, and the namespaces whose tasks wait in them. */
export interface TeamModel {
  readonly name: string;
  readonly weight: number;
  readonly namespaces: readonly string[];
  /** GPUs of each flavor that it may use. */
  readonly gpus: Readonly<Record<string, QuotaModel>>;
  readonly cpu: number;
  /** Its own repository of images, with a slash at its end, where it has one that is no other team's. */
  readonly repository?: string;
}

/** What a scenario can be played with, read out of the synthesised objects alone. */
export interface EnvironmentModel {
  readonly name: string;
  readonly teams: readonly TeamModel[];
  readonly flavors: readonly FlavorModel[];
  /** Whether its policies of taste refuse a pod that breaks them; otherwise they are off, or only note it. */
  readonly refuses: boolean;
  /** Add-ons whose operator can be played. */
  readonly operators: readonly OperatorName[];
  /** Whether the API server copies queue and priority from a job's pods to the job; otherwise the author writes them. */
  readonly copiesLabels: boolean;
  /** Whether every team has a bucket as a volume. */
  readonly mountsBuckets: boolean;
  /** Templates by `namespace/name`. */
  readonly templates: ReadonlyMap<string, PodTemplate>;
}

export function modelOf({
  environment,
  queues,
  tenants,
  policies,
  operators,
}: Synthesised): EnvironmentModel {
  const objects = [...queues.manifests, ...tenants.flatMap(({ manifests }) => manifests)];
  const clusterQueues = ofKind<ClusterQueue>(objects, "ClusterQueue");
  const localQueues = ofKind<LocalQueue>(objects, "LocalQueue");
  const templates = ofKind<PodTemplate>(objects, "PodTemplate");
  const used = new Set(clusterQueues.flatMap((queue) => gpuFlavors(queue).map(({ name }) => name)));
  return {
    name: environment,
    teams: ofKind<Cohort>(objects, "Cohort")
      .map((cohort) => teamOf(cohort, clusterQueues, localQueues))
      .map((team) => ({ ...team, ...repositoryOf(team, policies) }))
      .filter(({ namespaces }) => namespaces.length > 0),
    flavors: ofKind<ResourceFlavor>(objects, "ResourceFlavor")
      .filter(({ metadata }) => used.has(metadata.name))
      .map((flavor) => flavorOf(flavor, clusterQueues)),
    refuses: policies.some(refusesTaste),
    operators: Object.keys(operators) as OperatorName[],
    copiesLabels: (operators.training ?? []).some(
      (release) => ofKind(release.manifests, "MutatingAdmissionPolicy").length > 0,
    ),
    mountsBuckets: templates.length > 0 && templates.every(mountsBucket),
    templates: new Map(
      templates.map((template) => [`${template.metadata.namespace}/${template.metadata.name}`, template]),
    ),
  };
}

const mountsBucket = ({ template }: PodTemplate) =>
  template.metadata?.annotations?.["gke-gcsfuse/volumes"] === "true";

function ofKind<T extends KubeObject>(objects: readonly Manifest[], kind: string): T[] {
  return objects.filter((object) => object.kind === kind) as unknown as T[];
}

function teamOf(
  { metadata: { name }, spec }: Cohort,
  clusterQueues: readonly ClusterQueue[],
  localQueues: readonly LocalQueue[],
): TeamModel {
  const own = clusterQueues.filter((queue) => queue.spec.cohortName === name);
  const names = own.map(({ metadata }) => metadata.name);
  const namespaces = localQueues
    .filter((queue) => names.includes(queue.spec.clusterQueue))
    .map(({ metadata }) => metadata.namespace ?? "");
  return {
    name,
    weight: Number(spec.fairSharing?.weight ?? 1),
    namespaces: [...new Set(namespaces)],
    gpus: Object.fromEntries(own.flatMap(gpuFlavors).map((flavor) => [flavor.name, quotaOf(flavor)])),
    cpu: Number(own[0]?.spec.resourceGroups[0]?.flavors[0]?.resources[0]?.nominalQuota ?? 0),
  };
}

/** As the walls know it. */
function repositoryOf({ namespaces: [namespace = ""] }: TeamModel, policies: Synthesised["policies"]) {
  const manifests = policies.flatMap((release) => release.manifests);
  const facts = manifests.find(({ metadata }) => metadata.name === "repositories-of-namespaces");
  const repository = (facts?.["data"] as Readonly<Record<string, string>> | undefined)?.[namespace];
  return repository ? { repository } : {};
}

function gpuFlavors({ spec }: ClusterQueue): FlavorQuotas[] {
  return spec.resourceGroups
    .flatMap(({ flavors }) => flavors)
    .filter(({ resources }) =>
      resources.some(({ name, nominalQuota }) => name === GPU && Number(nominalQuota) > 0),
    );
}

function quotaOf({ resources }: FlavorQuotas): QuotaModel {
  const gpu = resources.find(({ name }) => name === GPU);
  const nominal = Number(gpu?.nominalQuota ?? 0);
  return {
    nominal,
    borrowing: Number(gpu?.borrowingLimit ?? Infinity),
    lending: Number(gpu?.lendingLimit ?? nominal),
  };
}

function flavorOf(
  { metadata: { name }, spec }: ResourceFlavor,
  queues: readonly ClusterQueue[],
): FlavorModel {
  const nodeLabels = spec.nodeLabels ?? {};
  const checked = queues.some((queue) =>
    queue.spec.admissionChecksStrategy?.admissionChecks.some(({ onFlavors }) => onFlavors?.includes(name)),
  );
  return {
    name,
    provisioning: checked ? "queued" : provisioningOf(nodeLabels),
    nodeLabels,
    nodeTaints: spec.nodeTaints ?? [],
  };
}

function provisioningOf(labels: Readonly<Record<string, string>>): Provisioning {
  if ("cloud.google.com/compute-class" in labels) return "ladder";
  if ("cloud.google.com/reservation-name" in labels) return "reservation";
  const value = labels["cloud.google.com/gke-provisioning"];
  return value === "spot" || value === "flex-start" ? value : "on-demand";
}
