import type { EnvironmentConfig } from "../environment/schema";

/** Where things are tried out: small, cheap, and without a lock against deletion. */
export const dev: EnvironmentConfig = {
  name: "dev",
  project: "acme-ml-dev",
  region: "us-central1",
  state: { bucket: "acme-ml-terraform-state" },
  github: { repository: "acme/flyte-platform" },
  labels: { team: "ml-platform", "cost-center": "ml-4711" },
  deletionProtection: false,
  network: {
    nodesCidr: "10.16.0.0/20",
    podsCidr: "10.17.0.0/16",
    servicesCidr: "10.16.16.0/20",
    privateServicesCidr: "10.16.32.0/20",
    flowLogs: false,
  },
  database: {
    tier: "db-custom-1-3840",
    diskSizeGib: 10,
    highAvailability: false,
    backups: { retained: 7 },
  },
  storage: { noncurrentVersionDays: 7 },
  backup: { enabled: false },
  queues: {
    flavors: {
      l4: { gpu: "l4", provisioning: "on-demand" },
      "l4-spot": { gpu: "l4", provisioning: "spot" },
    },
    teams: {
      research: {
        projects: ["vision", "nlp"],
        cpu: 64,
        memoryGib: 256,
        gpus: { l4: 2, "l4-spot": 4 },
      },
    },
  },
  kueue: { replicas: 1 },
};
