import type { EnvironmentConfig } from "../environment/schema";

/** What people rely on. `deletionProtection` is on by default: nothing here goes by accident. */
export const prod: EnvironmentConfig = {
  name: "prod",
  project: "acme-ml-prod",
  region: "us-central1",
  state: { bucket: "acme-ml-prod-terraform-state" },
  github: { repository: "acme/flyte-platform" },
  labels: { team: "ml-platform", "cost-center": "ml-4711" },
  network: {
    nodesCidr: "10.32.0.0/20",
    podsCidr: "10.36.0.0/14",
    servicesCidr: "10.32.16.0/20",
    privateServicesCidr: "10.32.32.0/20",
    // Of the load balancer in front of Flyte.
    proxiesCidr: "10.32.48.0/23",
  },
  cluster: {
    // Holds the groups of the teams below, so that Kubernetes knows who is in them. Made in Google's admin console.
    securityGroup: "gke-security-groups@acme.example",
    // Which images may run is the project's Binary Authorization policy; Google's default admits all.
    binaryAuthorization: true,
    // IAM guards the DNS endpoint; the IP endpoint is for tools that cannot use it.
    controlPlane: { authorizedNetworks: { office: "203.0.113.0/24", vpn: "198.51.100.16/28" } },
    maintenance: {
      exclusions: {
        "year-end": {
          startTime: "2026-12-18T00:00:00Z",
          endTime: "2027-01-04T00:00:00Z",
          scope: "NO_MINOR_UPGRADES",
        },
      },
    },
  },
  database: {
    version: "POSTGRES_18",
    tier: "db-custom-4-15360",
    diskSizeGib: 100,
    highAvailability: true,
    backups: { retained: 30 },
  },
  storage: { accessLogBucket: "acme-ml-prod-access-logs" },
  // Keys of your own. Decide before the first deploy: the database takes them at creation only.
  encryption: { enabled: true, rotationDays: 90 },
  registry: { writers: { ci: "serviceAccount:image-builder@acme-ml-build.iam.gserviceaccount.com" } },
  queues: {
    flavors: {
      l4: { gpu: "l4", provisioning: "on-demand" },
      "l4-spot": { gpu: "l4", provisioning: "spot" },
      a100: { gpu: "a100-80gb", provisioning: "on-demand" },
      // One GPU, soon: the pod waits for its node.
      "h100-flex": { gpu: "h100-80gb", provisioning: "flex-start", maxRunDuration: "12h" },
      // Whole nodes, all at once: the task waits in the queue until DWS has them.
      "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued", maxRunDuration: "24h" },
    },
    teams: {
      research: {
        projects: ["vision", "nlp"],
        // Its people look, and give their tasks secrets and images; docs/people.md. Left out: nobody is let in.
        group: "ml-research@acme.example",
        cpu: 400,
        memoryGib: 1600,
        gpus: {
          l4: 8,
          "l4-spot": 16,
          a100: 4,
          "h100-flex": 4,
          "h100-dws": { nominal: 16, borrowing: 16, lending: 8 },
        },
        // Gets twice product's share of what is idle.
        weight: 2,
      },
      product: {
        projects: ["search", "recommendations"],
        group: "ml-product@acme.example",
        cpu: 200,
        memoryGib: 800,
        gpus: {
          l4: 8,
          a100: 4,
          // Lends all it does not use; borrows no more than one node.
          "h100-dws": { nominal: 16, borrowing: 8, lending: 16 },
        },
      },
    },
  },
  flyte: {
    // On the network, by HTTPS, for whom Google lets in: the client is one of your organisation ("Internal"), made by hand.
    access: {
      mode: "internal",
      host: "flyte.corp.acme.example",
      dnsZone: "corp-acme-example",
      certificateZone: "acme-example",
      oidc: { baseUrl: "https://accounts.google.com", clientId: "1234-prod.apps.googleusercontent.com" },
    },
    cpu: 2,
    memoryGib: 4,
  },
};
