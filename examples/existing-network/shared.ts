import type { EnvironmentConfig } from "../../src/environment/schema";

/** In a Shared VPC that a network team manages: nothing is created in it but one firewall rule. */
export const shared: EnvironmentConfig = {
  name: "shared",
  project: "acme-flyte-shared",
  region: "us-central1",
  state: { bucket: "acme-flyte-shared-state" },
  network: {
    // The primary range of the existing subnet: webhooks are reached from there.
    nodesCidr: "10.64.0.0/20",
    existing: {
      project: "acme-network-host",
      network: "shared-vpc",
      subnet: "flyte-nodes",
      podsRange: "flyte-pods",
      servicesRange: "flyte-services",
    },
  },
  queues: {
    teams: { research: { projects: ["vision"], cpu: 64, memoryGib: 256 } },
  },
};
