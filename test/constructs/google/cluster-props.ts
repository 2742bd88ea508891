import type { AutopilotClusterProps } from "../../../constructs/google/autopilot-cluster";

/** The least that a cluster needs. */
export const minimalCluster: AutopilotClusterProps = {
  project: "acme-dev",
  location: "europe-west4",
  name: "flyte-dev-cluster",
  network: "projects/acme-dev/global/networks/flyte-dev-network",
  subnetwork: "projects/acme-dev/regions/europe-west4/subnetworks/flyte-dev-subnet",
  podsRange: "pods",
  servicesRange: "services",
  nodeTags: ["flyte-dev-nodes"],
  nodeServiceAccount: "flyte-dev-nodes@acme-dev.iam.gserviceaccount.com",
  maintenance: {
    startTime: "2026-01-03T01:00:00Z",
    endTime: "2026-01-03T09:00:00Z",
    recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
  },
};
