import type { EnvironmentConfig } from "../../src/environment/schema";

export const demo: EnvironmentConfig = {
  name: "demo",
  project: "acme-flyte-demo",
  region: "us-central1",
  state: { bucket: "acme-flyte-demo-state" },
  deletionProtection: false,
  database: { highAvailability: false },
  queues: {
    teams: { research: { projects: ["vision"], cpu: 64, memoryGib: 256 } },
  },
};
