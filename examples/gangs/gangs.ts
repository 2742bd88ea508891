import type { EnvironmentConfig } from "../../src/environment/schema";

const queues = {
  flavors: {
    "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued", maxRunDuration: "24h" },
  },
  teams: {
    product: { projects: ["search"], cpu: 200, memoryGib: 800, gpus: { "h100-dws": 24 } },
    research: { projects: ["vision"], cpu: 400, memoryGib: 1600, gpus: { "h100-dws": 24 } },
  },
} satisfies EnvironmentConfig["queues"];

/** Two teams that train on several nodes at once, and lend each other what they leave idle. */
export const gangs: EnvironmentConfig = {
  name: "gangs",
  project: "acme-flyte-gangs",
  region: "us-central1",
  state: { bucket: "acme-flyte-gangs-state" },
  deletionProtection: false,
  database: { highAvailability: false },
  // Kubernetes 1.36, which copies queue and priority to a job: the author of a task writes one word.
  cluster: { releaseChannel: "RAPID" },
  addOns: { training: {}, ray: {} },
  // Under /mnt/<name> in each of the pods, of the teams that name it.
  volumes: {
    datasets: { bucket: "acme-flyte-datasets", readOnly: true, cacheGib: 4 },
    products: { bucket: "acme-flyte-products" },
    scratch: { filestore: { tier: "ZONAL", sizeGib: 1024, zone: "us-central1-b" } },
  },
  queues: {
    ...queues,
    teams: {
      product: { ...queues.teams.product, volumes: ["products"] },
      research: { ...queues.teams.research, volumes: ["datasets", "scratch"] },
    },
  },
};

/** The same where Kubernetes is older: a job without its labels is refused with what to write. */
export const older: EnvironmentConfig = {
  ...gangs,
  name: "older",
  project: "acme-flyte-older",
  cluster: { releaseChannel: "STABLE" },
  volumes: {},
  queues,
};
