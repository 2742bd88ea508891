import type { AutopilotClusterProps } from "../../../constructs/google/autopilot-cluster";
import { clusterConfig } from "../../../constructs/google/autopilot-cluster-config";
import { minimalCluster as props } from "./cluster-props";

const config = (overrides: Partial<AutopilotClusterProps> = {}) => clusterConfig({ ...props, ...overrides });

describe("where a cluster is", () => {
  test("is a subnet with named ranges, on tagged nodes", () => {
    expect(config()).toMatchObject({
      enableAutopilot: true,
      network: props.network,
      subnetwork: props.subnetwork,
      ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
      nodePoolAutoConfig: { networkTags: { tags: ["flyte-dev-nodes"] } },
    });
  });
});

describe("the way to the Kubernetes API", () => {
  test("is its DNS name, with no public IP endpoint, by default", () => {
    expect(config()).toMatchObject({
      controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true } },
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
      masterAuthorizedNetworksConfig: {
        gcpPublicCidrsAccessEnabled: false,
        privateEndpointEnforcementEnabled: true,
        cidrBlocks: [],
      },
    });
  });

  test("is also a public IP endpoint for the ranges that are named, and for nobody else", () => {
    expect(
      config({ authorizedNetworks: { office: "203.0.113.0/24", vpn: "198.51.100.7/32" } }),
    ).toMatchObject({
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false },
      masterAuthorizedNetworksConfig: {
        gcpPublicCidrsAccessEnabled: false,
        privateEndpointEnforcementEnabled: true,
        cidrBlocks: [
          { displayName: "office", cidrBlock: "203.0.113.0/24" },
          { displayName: "vpn", cidrBlock: "198.51.100.7/32" },
        ],
      },
    });
  });

  test("is never the DNS name when that is switched off", () => {
    expect(config({ dnsEndpoint: false }).controlPlaneEndpointsConfig).toEqual({
      dnsEndpointConfig: { allowExternalTraffic: false },
    });
  });
});

describe("who a cluster is", () => {
  test("runs its nodes as an account of its own, and pods as identities of the project's pool", () => {
    expect(config()).toMatchObject({
      clusterAutoscaling: {
        autoProvisioningDefaults: {
          serviceAccount: "flyte-dev-nodes@acme-dev.iam.gserviceaccount.com",
          oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        },
      },
      workloadIdentityConfig: { workloadPool: "acme-dev.svc.id.goog" },
    });
  });

  test("knows groups only when one is named: an empty one would crash the provider", () => {
    expect(config().authenticatorGroupsConfig).toBeUndefined();
    expect(config({ securityGroup: "gke-security-groups@acme.example" }).authenticatorGroupsConfig).toEqual({
      securityGroup: "gke-security-groups@acme.example",
    });
  });
});

describe("a cluster's defences", () => {
  test("are up without being asked for", () => {
    expect(config()).toMatchObject({
      masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
      rbacBindingConfig: {
        enableInsecureBindingSystemAuthenticated: false,
        enableInsecureBindingSystemUnauthenticated: false,
      },
      securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
      secretManagerConfig: { enabled: true },
    });
  });

  test("include a key of one's own and trusted images only when asked for", () => {
    expect(config().databaseEncryption).toEqual({ state: "DECRYPTED" });
    expect(config().binaryAuthorization).toEqual({ evaluationMode: "DISABLED" });
    const kmsKeyName = "projects/acme-dev/locations/europe-west4/keyRings/r/cryptoKeys/cluster";
    expect(config({ kmsKeyName, binaryAuthorization: true })).toMatchObject({
      databaseEncryption: { state: "ENCRYPTED", keyName: kmsKeyName },
      binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    });
  });
});

describe("what a cluster tells", () => {
  test("is every log and metric that GKE has, GPUs and job sets included", () => {
    const { loggingConfig, monitoringConfig } = config();
    expect(loggingConfig?.enableComponents).toEqual([
      "SYSTEM_COMPONENTS",
      "APISERVER",
      "CONTROLLER_MANAGER",
      "SCHEDULER",
      "WORKLOADS",
    ]);
    expect(monitoringConfig?.enableComponents).toEqual(
      expect.arrayContaining(["DCGM", "JOBSET", "CADVISOR"]),
    );
    expect(monitoringConfig?.enableComponents).toHaveLength(14);
    expect(monitoringConfig?.managedPrometheus).toEqual({ enabled: true });
  });

  test("includes what each namespace costs, under the cluster's labels", () => {
    expect(config({ labels: { environment: "dev" } })).toMatchObject({
      costManagementConfig: { enabled: true },
      resourceLabels: { environment: "dev" },
    });
  });
});

describe("what a cluster comes with", () => {
  test("is Gateway API, vertical autoscaling, the drivers for buckets and file shares, and the backup agent", () => {
    expect(config()).toMatchObject({
      gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
      verticalPodAutoscaling: { enabled: true },
      addonsConfig: {
        gcsFuseCsiDriverConfig: { enabled: true },
        gcpFilestoreCsiDriverConfig: { enabled: true },
        gkeBackupAgentConfig: { enabled: true },
        rayOperatorConfig: [{ enabled: false }],
      },
    });
  });
});

describe("when a cluster changes by itself", () => {
  test("follows the channel, REGULAR by default", () => {
    expect(config().releaseChannel).toEqual({ channel: "REGULAR" });
    expect(config({ releaseChannel: "STABLE" }).releaseChannel).toEqual({ channel: "STABLE" });
  });

  test("is in the window, outside the exclusions", () => {
    expect(config().maintenancePolicy).toEqual({
      recurringWindow: {
        startTime: "2026-01-03T01:00:00Z",
        endTime: "2026-01-03T09:00:00Z",
        recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
      },
      maintenanceExclusion: [],
    });
    const exclusions = {
      "year-end": {
        startTime: "2026-12-18T00:00:00Z",
        endTime: "2027-01-04T00:00:00Z",
        scope: "NO_UPGRADES",
      },
    } as const;
    expect(
      config({ maintenance: { ...props.maintenance, exclusions } }).maintenancePolicy?.maintenanceExclusion,
    ).toEqual([
      {
        exclusionName: "year-end",
        startTime: "2026-12-18T00:00:00Z",
        endTime: "2027-01-04T00:00:00Z",
        exclusionOptions: { scope: "NO_UPGRADES" },
      },
    ]);
  });
});
