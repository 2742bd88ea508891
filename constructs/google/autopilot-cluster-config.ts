import type { ContainerClusterConfig } from "@cdktf/provider-google/lib/container-cluster";
import type { AutopilotClusterProps, Maintenance } from "./autopilot-cluster";

/**
 * Everything that a cluster is made with. Only blocks that the provider accepts together with Autopilot
 * and, where Google would replace the cluster for them, only those that must be chosen: Autopilot itself
 * decides the datapath (Dataplane V2), the cluster's DNS (Cloud DNS), shielded nodes and intranode visibility.
 */
export function clusterConfig(props: AutopilotClusterProps): ContainerClusterConfig {
  return {
    project: props.project,
    location: props.location,
    name: props.name,
    enableAutopilot: true,
    deletionProtection: props.deletionProtection ?? true,
    releaseChannel: { channel: props.releaseChannel ?? "REGULAR" },
    maintenancePolicy: maintenancePolicy(props.maintenance),
    resourceLabels: { ...props.labels },
    ...networking(props),
    ...controlPlaneAccess(props),
    ...identity(props),
    ...hardening(props),
    ...observability,
    ...addons,
    // Creating a cluster takes ten minutes, changing one that upgrades itself meanwhile can take an hour.
    timeouts: { create: "90m", update: "120m", delete: "90m" },
  };
}

function networking(props: AutopilotClusterProps) {
  return {
    network: props.network,
    subnetwork: props.subnetwork,
    ipAllocationPolicy: {
      clusterSecondaryRangeName: props.podsRange,
      servicesSecondaryRangeName: props.servicesRange,
    },
    nodePoolAutoConfig: { networkTags: { tags: [...props.nodeTags] } },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
  };
}

function controlPlaneAccess({ dnsEndpoint = true, authorizedNetworks = {} }: AutopilotClusterProps) {
  const networks = Object.entries(authorizedNetworks);
  return {
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: dnsEndpoint } },
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: networks.length === 0 },
    // Without ranges the block still matters: it shuts the private endpoint to other networks, and the public one
    // to Google Cloud's own addresses, which are every customer's.
    masterAuthorizedNetworksConfig: {
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: true,
      cidrBlocks: networks.map(([displayName, cidrBlock]) => ({ displayName, cidrBlock })),
    },
  };
}

function identity(props: AutopilotClusterProps) {
  return {
    workloadIdentityConfig: { workloadPool: `${props.project}.svc.id.goog` },
    // Autopilot has no node_config: its nodes are auto-provisioned, and take their account from here. What the
    // account may do is decided by its roles alone, so the scope is the whole of Google Cloud.
    clusterAutoscaling: {
      autoProvisioningDefaults: {
        serviceAccount: props.nodeServiceAccount,
        bootDiskKmsKey: props.nodeKmsKeyName,
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
      },
    },
    // The one block that can't be written as off: an empty group crashes the provider (7.45.0) when it makes a cluster.
    authenticatorGroupsConfig:
      props.securityGroup === undefined ? undefined : { securityGroup: props.securityGroup },
  };
}

function hardening(props: AutopilotClusterProps) {
  return {
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    rbacBindingConfig: {
      enableInsecureBindingSystemAuthenticated: false,
      enableInsecureBindingSystemUnauthenticated: false,
    },
    // GKE no longer scans running workloads for vulnerabilities; images are scanned in the registry.
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
    secretManagerConfig: { enabled: true },
    // Off is written too: Google keeps what a block said that is left out.
    databaseEncryption:
      props.kmsKeyName === undefined
        ? { state: "DECRYPTED" }
        : { state: "ENCRYPTED", keyName: props.kmsKeyName },
    binaryAuthorization: {
      evaluationMode: props.binaryAuthorization ? "PROJECT_SINGLETON_POLICY_ENFORCE" : "DISABLED",
    },
  };
}

/** Lists in the provider's order: Google returns them as they were sent, and another order is a difference. */
const observability = {
  loggingConfig: {
    enableComponents: ["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER", "WORKLOADS"],
  },
  monitoringConfig: {
    enableComponents: [
      "SYSTEM_COMPONENTS",
      "APISERVER",
      "SCHEDULER",
      "CONTROLLER_MANAGER",
      "STORAGE",
      "HPA",
      "POD",
      "DAEMONSET",
      "DEPLOYMENT",
      "STATEFULSET",
      "KUBELET",
      "CADVISOR",
      "DCGM",
      "JOBSET",
    ],
    managedPrometheus: { enabled: true },
  },
  costManagementConfig: { enabled: true },
  verticalPodAutoscaling: { enabled: true },
};

const addons = {
  addonsConfig: {
    gcsFuseCsiDriverConfig: { enabled: true },
    gcpFilestoreCsiDriverConfig: { enabled: true },
    gkeBackupAgentConfig: { enabled: true },
    // Said although it is off: a block that is left out leaves the operator running, and addOns.ray has its own.
    rayOperatorConfig: [{ enabled: false }],
  },
};

function maintenancePolicy({ exclusions = {}, ...window }: Maintenance) {
  return {
    recurringWindow: window,
    maintenanceExclusion: Object.entries(exclusions).map(
      ([exclusionName, { startTime, endTime, scope }]) => ({
        exclusionName,
        startTime,
        endTime,
        exclusionOptions: { scope },
      }),
    ),
  };
}
