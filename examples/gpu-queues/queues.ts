import type { EnvironmentConfig } from "../../src/environment/schema";

/** Two teams share GPUs that are got in four ways. */
export const queues: EnvironmentConfig = {
  name: "queues",
  project: "acme-flyte-queues",
  region: "us-central1",
  state: { bucket: "acme-flyte-queues-state" },
  queues: {
    flavors: {
      l4: { gpu: "l4", provisioning: "on-demand" },
      "l4-spot": { gpu: "l4", provisioning: "spot" },
      "h100-flex": { gpu: "h100-80gb", provisioning: "flex-start", maxRunDuration: "12h" },
      "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued", maxRunDuration: "24h" },
    },
    teams: {
      research: {
        projects: ["vision", "nlp"],
        cpu: 400,
        memoryGib: 1600,
        gpus: {
          l4: 4,
          "l4-spot": 16,
          "h100-flex": 4,
          // Two nodes of its own, two more while product leaves them idle; always keeps one for itself.
          "h100-dws": { nominal: 16, borrowing: 16, lending: 8 },
        },
        weight: 2,
      },
      product: {
        projects: ["search"],
        cpu: 200,
        memoryGib: 800,
        gpus: { l4: 8, "h100-dws": { nominal: 16, borrowing: 8 } },
        // Its waiting tasks may stop what others run on quota that they borrowed, and its own of lower priority.
        preemption: "lower-priority",
      },
    },
    priorities: { production: 1000, staging: 500, development: 100 },
  },
};
