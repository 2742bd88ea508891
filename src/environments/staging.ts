import type { EnvironmentConfig } from "../environment/schema";

/** As prod, smaller: what works here works there. */
export const staging: EnvironmentConfig = {
  name: "staging",
  project: "acme-ml-staging",
  region: "us-central1",
  state: { bucket: "acme-ml-staging-terraform-state" },
  github: { repository: "acme/flyte-platform" },
  labels: { team: "ml-platform", "cost-center": "ml-4711" },
  network: {
    nodesCidr: "10.18.0.0/20",
    podsCidr: "10.19.0.0/16",
    servicesCidr: "10.18.16.0/20",
    privateServicesCidr: "10.18.32.0/20",
    proxiesCidr: "10.18.48.0/23",
  },
  cluster: {
    binaryAuthorization: true,
    controlPlane: { authorizedNetworks: { office: "203.0.113.0/24" } },
  },
  database: { version: "POSTGRES_18", tier: "db-custom-2-7680", diskSizeGib: 20, highAvailability: true },
  storage: { accessLogBucket: "acme-ml-staging-access-logs" },
  encryption: { enabled: true },
  queues: {
    flavors: {
      l4: { gpu: "l4", provisioning: "on-demand" },
      "l4-spot": { gpu: "l4", provisioning: "spot" },
      a100: { gpu: "a100-80gb", provisioning: "on-demand" },
      "h100-flex": { gpu: "h100-80gb", provisioning: "flex-start", maxRunDuration: "6h" },
      "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued", maxRunDuration: "12h" },
    },
    teams: {
      research: {
        projects: ["vision", "nlp"],
        cpu: 128,
        memoryGib: 512,
        gpus: { l4: 4, "l4-spot": 4, a100: 1, "h100-flex": 1, "h100-dws": 8 },
        weight: 2,
      },
      product: {
        projects: ["search", "recommendations"],
        cpu: 64,
        memoryGib: 256,
        gpus: { l4: 2, "h100-dws": 8 },
      },
    },
  },
  flyte: {
    access: {
      mode: "internal",
      host: "flyte-staging.corp.acme.example",
      dnsZone: "projects/acme-ml-prod/managedZones/corp-acme-example",
      certificateZone: "projects/acme-ml-prod/managedZones/acme-example",
      oidc: { baseUrl: "https://accounts.google.com", clientId: "1234-staging.apps.googleusercontent.com" },
    },
  },
};
