import { doctor } from "../../../../cli/platform/commands/doctor";
import type { Diagnosis } from "../../../../cli/platform/doctor/diagnosis";
import { googleClient } from "../../../../cli/platform/google/client";
import { limits } from "../../../../cli/platform/limits";
import { deployerRoles } from "../../../../constructs/google/deployer-roles";
import { platformServices } from "../../../../constructs/google/platform-services";
import type { EnvironmentConfig } from "../../../../src/environment/schema";
import { testContext } from "../test-context";
import { FakeGoogle, type Reply } from "./fake-google";

export const NOW = Date.parse("2026-11-21T12:00:00Z");

export const config: EnvironmentConfig = {
  name: "dev",
  project: "acme-dev",
  region: "us-central1",
  state: { bucket: "acme-state" },
  deletionProtection: false,
  flyte: { domains: ["development"] },
  queues: {
    flavors: {
      l4: { gpu: "l4", provisioning: "on-demand" },
      "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued" },
    },
    teams: { research: { projects: ["vision"], cpu: 8, memoryGib: 32, gpus: { l4: 2, "h100-dws": 16 } } },
  },
};

export const list = (...items: object[]): Reply => ({ body: { items } });
export const object = (name: string, more: object = {}) => ({ metadata: { name, ...more } });
export const condition = (type: string, status: string, message = "", reason = "") => ({
  type,
  status,
  message,
  reason,
});
export const needs = Object.values(deployerRoles).flatMap((role) => role.needs);

/** Replies of an environment that is as it should be; shapes as Google documents them. */
export const healthy: Record<string, Reply> = {
  "GET /projects/projects/acme-dev": {
    body: { name: "projects/123", projectId: "acme-dev", state: "ACTIVE" },
  },
  "POST /projects/projects/acme-dev:testIamPermissions": { body: { permissions: needs } },
  "POST /policies/projects/acme-dev:getEffectiveOrgPolicy": {
    body: { constraint: "constraints/gcp.restrictNonCmekServices", listPolicy: { allValues: "ALLOW" } },
  },
  "GET /storage/b/acme-state": {
    body: {
      projectNumber: "123",
      versioning: { enabled: true },
      iamConfiguration: { uniformBucketLevelAccess: { enabled: true }, publicAccessPrevention: "enforced" },
    },
  },
  "GET /services/projects/acme-dev/services": {
    body: {
      services: Object.keys(platformServices).map((name) => ({
        name: `projects/123/services/${name}.googleapis.com`,
        config: { name: `${name}.googleapis.com` },
        state: "ENABLED",
      })),
    },
  },
  "GET /compute/projects/acme-dev/regions/us-central1": {
    body: {
      quotas: [
        { metric: "CPUS", limit: 500, usage: 10 },
        { metric: "SSD_TOTAL_GB", limit: 10_000, usage: 300 },
        { metric: "IN_USE_ADDRESSES", limit: 8, usage: 1 },
        { metric: "NVIDIA_L4_GPUS", limit: 8, usage: 1 },
        { metric: "PREEMPTIBLE_NVIDIA_H100_GPUS", limit: 16, usage: 0 },
      ],
    },
  },
  "GET /compute/projects/acme-dev": {
    body: {
      quotas: [
        { metric: "CPUS_ALL_REGIONS", limit: 500, usage: 10 },
        { metric: "GPUS_ALL_REGIONS", limit: 32, usage: 1 },
      ],
    },
  },
  "GET /quotas/projects/acme-dev/services/compute.googleapis.com/consumerQuotaMetrics/compute.googleapis.com/active_resize_requests":
    {
      body: {
        consumerQuotaLimits: [
          {
            quotaBuckets: [
              { effectiveLimit: "100", defaultLimit: "100", dimensions: { region: "us-central1" } },
            ],
          },
        ],
      },
    },
  'GET /compute/projects/acme-dev/aggregated/acceleratorTypes?filter=name+=+"nvidia-l4"': {
    body: {
      items: {
        "zones/us-central1-a": { acceleratorTypes: [{ name: "nvidia-l4" }] },
        "zones/us-central1-f": { warning: { code: "NO_RESULTS_ON_PAGE" } },
      },
    },
  },
  'GET /compute/projects/acme-dev/aggregated/acceleratorTypes?filter=name+=+"nvidia-h100-80gb"': {
    body: { items: { "zones/us-central1-c": { acceleratorTypes: [{ name: "nvidia-h100-80gb" }] } } },
  },
  "GET /compute/projects/acme-dev/aggregated/subnetworks": {
    body: {
      items: {
        "regions/us-central1": {
          subnetworks: [
            {
              name: "flyte-dev-subnet",
              network:
                "https://www.googleapis.com/compute/v1/projects/acme-dev/global/networks/flyte-dev-network",
              ipCidrRange: "10.0.0.0/20",
              secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.4.0.0/14" }],
            },
          ],
        },
        "regions/europe-west1": { warning: { code: "NO_RESULTS_ON_PAGE" } },
      },
    },
  },
  "GET /compute/projects/acme-dev/global/addresses": { body: {} },
  "GET /sql/projects/acme-dev/instances/flyte-dev-database": {
    body: { state: "RUNNABLE", databaseVersion: "POSTGRES_17", settings: { activationPolicy: "ALWAYS" } },
  },
  "GET /container/projects/acme-dev/locations/us-central1/clusters/flyte-dev-cluster": {
    body: { status: "RUNNING", currentMasterVersion: "1.35.1-gke.100", endpoint: "203.0.113.9" },
  },
  "GET /container/projects/acme-dev/locations/-/clusters": {
    body: { clusters: [{ name: "flyte-dev-cluster", location: "us-central1" }] },
  },
  "GET /apis/kueue.x-k8s.io/v1beta2/clusterqueues": list({
    ...object("research"),
    status: { conditions: [condition("Active", "True", "Can admit new workloads", "Ready")] },
  }),
  "GET /apis/kueue.x-k8s.io/v1beta2/admissionchecks": list({
    ...object("h100-dws-7d"),
    status: { conditions: [condition("Active", "True")] },
  }),
  "GET /apis/kueue.x-k8s.io/v1beta2/localqueues": list(
    object("tasks", { namespace: "vision-development" }),
    object("h100-dws", { namespace: "vision-development" }),
  ),
  "GET /api/v1/namespaces": list(object("vision-development")),
  "GET /apis/apiregistration.k8s.io/v1/apiservices": list(object("v1.apps"), {
    ...object("v1beta2.visibility.kueue.x-k8s.io"),
    status: { conditions: [condition("Available", "True")] },
  }),
  "GET /apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations": list({
    ...object("kueue-mutating"),
    webhooks: [
      { clientConfig: { service: { namespace: "kueue-system", name: "kueue-webhook" }, caBundle: "Q0E=" } },
    ],
  }),
  "GET /apis/discovery.k8s.io/v1/endpointslices": list({
    ...object("kueue-webhook-x", {
      namespace: "kueue-system",
      labels: { "kubernetes.io/service-name": "kueue-webhook" },
    }),
    endpoints: [{ conditions: {} }],
  }),
  "GET /apis/apps/v1/namespaces/kueue-system/deployments": list({
    ...object("kueue-controller-manager"),
    spec: { replicas: 2 },
    status: { availableReplicas: 2 },
  }),
  "GET /api/v1/events": list(),
  "GET /apis/kueue.x-k8s.io/v1beta2/workloads": list(),
  "GET /apis/autoscaling.x-k8s.io/v1/provisioningrequests": list(),
  "GET /apis/flyte.lyft.com/v1alpha1/flyteworkflows": list(),
  "GET /apis/apps/v1/namespaces/flyte/deployments": list({
    ...object("flyte-binary"),
    spec: { replicas: 1 },
    status: { availableReplicas: 1 },
  }),
};

/** A Google that answers as for a healthy environment, but for some replies. Whoever starts it stops it. */
export const startFake = (other: Record<string, Reply> = {}) => FakeGoogle.start({ ...healthy, ...other });

/** Runs the doctor against a healthy environment with some other replies. */
export async function examine(
  other: Record<string, Reply> = {},
  options: Record<string, boolean> = {},
  more: Partial<EnvironmentConfig> = {},
) {
  const fake = await startFake(other);
  const { env, asked } = fake;
  try {
    const now = () => NOW;
    const sleep = () => Promise.resolve();
    const token = () => Promise.resolve("ya29.test");
    // A clock that stands still would retry for ever: each pause is a second.
    let clock = NOW;
    const google = googleClient({
      env,
      limits,
      now: () => clock,
      sleep: (milliseconds) => {
        clock += milliseconds;
        return sleep();
      },
      token,
    });
    const context = testContext({ configs: [{ ...config, ...more }], env, google, now, json: true, options });
    const code = await doctor.run(context);
    const { diagnoses } = JSON.parse(context.stdout.text) as { diagnoses: Diagnosis[] };
    return {
      code,
      asked,
      diagnoses,
      bad: diagnoses.filter(({ level }) => level !== "ok" && level !== "later"),
    };
  } finally {
    await fake.stop();
  }
}
