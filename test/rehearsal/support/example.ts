import type { Manifest } from "../../../rehearsal/api/objects";
import { modelOf } from "../../../rehearsal/objects/environment-model";
import type { Synthesised } from "../../../rehearsal/objects/synthesised";

const GPU = "nvidia.com/gpu";

/** What the tests rehearse: two teams with a queued flavor each, and one on demand. */
export function exampleSynthesised(): Synthesised {
  return {
    environment: "test",
    queues: {
      name: "queues",
      namespace: "kueue-system",
      chart: "chart",
      manifests: [
        flavor("general", {}),
        flavor("l4", {
          "cloud.google.com/gke-accelerator": "nvidia-l4",
          "cloud.google.com/gke-provisioning": "standard",
        }),
        flavor("h100-dws", {
          "cloud.google.com/gke-accelerator": "nvidia-h100-80gb",
          "cloud.google.com/gke-provisioning": "flex-start",
        }),
        manifest("ProvisioningRequestConfig", "h100-dws-24h", {
          managedResources: [GPU],
          retryStrategy: { backoffLimitCount: 3, backoffBaseSeconds: 30, backoffMaxSeconds: 120 },
        }),
        ...["product", "research"].flatMap((team, index) => [
          manifest("Cohort", team, { parentName: "environment", fairSharing: { weight: String(index + 1) } }),
          clusterQueue(team, team, "general", "l4", 8),
          clusterQueue(`${team}-h100-dws`, team, "gpu-hosts", "h100-dws", 16, {
            admissionChecksStrategy: { admissionChecks: [{ name: "h100-dws-24h", onFlavors: ["h100-dws"] }] },
          }),
        ]),
      ],
    },
    tenants: [tenant("search-development", "product"), tenant("vision-development", "research")],
    policies: [
      {
        name: "admission-policies",
        namespace: "flyte",
        chart: "chart",
        manifests: [
          policy("ValidatingAdmissionPolicy", {}),
          policy("ValidatingAdmissionPolicyBinding", { validationActions: ["Deny", "Audit"] }),
        ],
      },
    ],
    plugins: {},
    charts: {},
    operators: {},
    kueue: {
      waitForPodsReady: { timeout: "168h", recoveryTimeout: "30m" },
      objectRetentionPolicies: { workloads: { afterFinished: "24h", afterDeactivatedByKueue: "1h" } },
    },
  };
}

export const exampleModel = () => modelOf(exampleSynthesised());

function manifest(kind: string, name: string, spec: object, namespace?: string): Manifest {
  const metadata = { name, ...(namespace && { namespace }) };
  return { apiVersion: "kueue.x-k8s.io/v1beta2", kind, metadata, spec };
}

function policy(kind: string, spec: object): Manifest {
  return { ...manifest(kind, "tasks-queue", spec), apiVersion: "admissionregistration.k8s.io/v1" };
}

function flavor(name: string, nodeLabels: object): Manifest {
  return manifest("ResourceFlavor", name, { nodeLabels });
}

function clusterQueue(
  name: string,
  team: string,
  base: string,
  gpu: string,
  quota: number,
  more = {},
): Manifest {
  const resources = ["cpu", "memory", "ephemeral-storage"].map((each) => ({
    name: each,
    nominalQuota: "100",
  }));
  return manifest("ClusterQueue", name, {
    cohortName: team,
    resourceGroups: [
      { coveredResources: resources.map((each) => each.name), flavors: [{ name: base, resources }] },
      {
        coveredResources: [GPU],
        flavors: [
          { name: gpu, resources: [{ name: GPU, nominalQuota: String(quota), borrowingLimit: "8" }] },
        ],
      },
    ],
    ...more,
  });
}

function tenant(namespace: string, team: string) {
  const template = (name: string, queue: string): Manifest => ({
    apiVersion: "v1",
    kind: "PodTemplate",
    metadata: { name, namespace },
    template: {
      metadata: { labels: { "kueue.x-k8s.io/queue-name": queue } },
      spec: {
        restartPolicy: "Never",
        containers: [{ name: "default", image: "pause", securityContext: {} }],
      },
    },
  });
  return {
    name: `tenant-${namespace}`,
    namespace: "flyte",
    chart: "chart",
    manifests: [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
      template("tasks", "tasks"),
      template("l4", "tasks"),
      template("h100-dws", "h100-dws"),
      manifest("LocalQueue", "tasks", { clusterQueue: team }, namespace),
      manifest("LocalQueue", "h100-dws", { clusterQueue: `${team}-h100-dws` }, namespace),
    ],
  };
}
