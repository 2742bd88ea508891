import type { EnvironmentConfig } from "../../src/environment/schema";

/** Three teams: what one leaves idle, the two others share by their weights. */
export const shares: EnvironmentConfig = {
  name: "shares",
  project: "acme-flyte-shares",
  region: "us-central1",
  state: { bucket: "acme-flyte-shares-state" },
  queues: {
    flavors: {
      "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued", maxRunDuration: "24h" },
    },
    teams: {
      product: { projects: ["search"], cpu: 200, memoryGib: 800, gpus: { "h100-dws": 8 }, weight: 1 },
      research: { projects: ["vision"], cpu: 400, memoryGib: 1600, gpus: { "h100-dws": 8 }, weight: 2 },
      // Trains once a quarter; until then its GPUs are the others'.
      safety: { projects: ["evals"], cpu: 400, memoryGib: 1600, gpus: { "h100-dws": 24 } },
    },
  },
};
