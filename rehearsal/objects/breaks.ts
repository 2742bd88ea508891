import type { Manifest } from "../api/objects";
import type { KueueConfiguration } from "../control-plane/kueue";
import { GPU } from "./environment-model";
import { gangBreaks } from "./gang-breaks";
import type { ClusterQueue, FlavorQuotas } from "./queues";
import type { Synthesised } from "./synthesised";

/** A mistake that published setups make, made in a copy of the objects, and the scenario that shows it. */
export interface Break {
  readonly name: string;
  readonly mistake: string;
  readonly scenario: string;
  readonly apply: (synthesised: Synthesised) => Synthesised;
}

type QueueSpec = ClusterQueue["spec"];

function onQueues(synthesised: Synthesised, change: (spec: QueueSpec) => object): Synthesised {
  return onManifests(synthesised, "ClusterQueue", (spec) => change(spec as QueueSpec));
}

function onManifests(synthesised: Synthesised, kind: string, change: (spec: unknown) => object): Synthesised {
  const manifests = synthesised.queues.manifests.map((manifest) =>
    manifest.kind === kind ? ({ ...manifest, spec: change(manifest["spec"]) } as Manifest) : manifest,
  );
  return { ...synthesised, queues: { ...synthesised.queues, manifests } };
}

function onConfiguration(synthesised: Synthesised, section: string, value: object): Synthesised {
  const kueue: KueueConfiguration = { ...synthesised.kueue, [section]: value };
  return { ...synthesised, kueue };
}

function withoutResource(spec: QueueSpec, resource: string): QueueSpec {
  const resourceGroups = spec.resourceGroups.map(({ coveredResources, flavors }) => ({
    coveredResources: coveredResources.filter((name) => name !== resource),
    flavors: flavors.map((flavor) => ({
      ...flavor,
      resources: flavor.resources.filter(({ name }) => name !== resource),
    })),
  }));
  return { ...spec, resourceGroups };
}

/** GPU flavors and the general one in one list, the GPUs first, as in a queue that somebody wrote by hand. */
function inOneGroup(spec: QueueSpec): QueueSpec {
  const [general, gpus] = spec.resourceGroups;
  if (!general || !gpus) return spec;
  const base = general.flavors[0]?.resources ?? [];
  const flavors = gpus.flavors.map((flavor): FlavorQuotas => ({
    ...flavor,
    resources: [...base, ...flavor.resources],
  }));
  return { ...spec, resourceGroups: [{ coveredResources: [...general.coveredResources, GPU], flavors }] };
}

/** Bindings that only write to the audit log, as policies are often left after their trial. */
function onlyAudited(synthesised: Synthesised): Synthesised {
  const policies = synthesised.policies.map((release) => ({
    ...release,
    manifests: release.manifests.map((manifest) =>
      manifest.kind === "ValidatingAdmissionPolicyBinding"
        ? { ...manifest, spec: { ...(manifest["spec"] as object), validationActions: ["Audit"] } }
        : manifest,
    ),
  }));
  return { ...synthesised, policies };
}

/** The objects without one policy and its binding. */
function without(synthesised: Synthesised, policy: string): Synthesised {
  const policies = synthesised.policies.map((release) => ({
    ...release,
    manifests: release.manifests.filter(({ metadata }) => metadata.name !== policy),
  }));
  return { ...synthesised, policies };
}

/** What each wall keeps out, by its name: taken down, the attack upon it must be seen. */
const walls: Readonly<Record<string, string>> = {
  "wall-secrets": "pods may carry the values of secrets",
  "wall-owner": "whoever makes a pod says who owns it",
  "wall-pod-groups": "pods may name a pod group",
  "wall-queue": "CPU pods may wait in the queue of a GPU flavor",
  "wall-gpu": "CPU pods may be on the nodes of GPUs",
  "wall-run-limit": "pods choose their own run limit",
  "wall-priority": "pods choose their own priority",
  "wall-gate": "whoever may change a pod may let it go",
  "wall-tenant-objects": "network policies and queues are the tenant's",
  "wall-team-images": "teams run each other's images",
  "wall-tokens": "whoever may write Secrets gets a service account's token that never ends",
  "tasks-privileges": "a container that says nothing may escalate its privileges",
  "tasks-images": "images come from anywhere",
};

/** The longest first, so that none is left to run alone at the end. */
export const breaks: readonly Break[] = [
  {
    name: "retention",
    mistake: "afterDeactivatedByKueue is missing",
    scenario: "faults",
    apply: (synthesised) =>
      onConfiguration(synthesised, "objectRetentionPolicies", { workloads: { afterFinished: "24h" } }),
  },
  {
    name: "admission-checks",
    mistake: "admissionChecks instead of admissionChecksStrategy: Helm drops it in silence",
    scenario: "first-gpu",
    apply: (synthesised) =>
      onQueues(synthesised, ({ admissionChecksStrategy, ...spec }) => ({
        ...spec,
        ...(admissionChecksStrategy && {
          admissionChecks: admissionChecksStrategy.admissionChecks.map(({ name }) => name),
        }),
      })),
  },
  {
    name: "ephemeral-storage",
    mistake: "ephemeral-storage is not covered",
    scenario: "first-gpu",
    apply: (synthesised) => onQueues(synthesised, (spec) => withoutResource(spec, "ephemeral-storage")),
  },
  {
    name: "one-group",
    mistake: "one resource group for CPU and GPU",
    scenario: "first-gpu",
    apply: (synthesised) => onQueues(synthesised, inOneGroup),
  },
  {
    name: "short-wait",
    mistake: "waitForPodsReady keeps Kueue's default of 30 minutes",
    scenario: "first-gpu",
    apply: (synthesised) =>
      onConfiguration(synthesised, "waitForPodsReady", {
        ...(synthesised.kueue["waitForPodsReady"] as object),
        timeout: "30m",
      }),
  },
  {
    name: "audit-only",
    mistake: "admission policies only write to the audit log",
    scenario: "refusals",
    apply: onlyAudited,
  },
  ...Object.entries(walls).map(([name, mistake]) => ({
    name,
    mistake: `without it, ${mistake}`,
    scenario: "attacks",
    apply: (synthesised: Synthesised) => without(synthesised, name),
  })),
  ...gangBreaks,
];
