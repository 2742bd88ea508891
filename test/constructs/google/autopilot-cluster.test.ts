import { AutopilotCluster, type AutopilotClusterProps } from "../../../constructs/google/autopilot-cluster";
import { minimalCluster as minimal } from "./cluster-props";
import { seen, synthGoogleStack, waiting } from "./google-stack";
import { addresses, onlyResource } from "../../support/synth";

const synth = (props: Partial<AutopilotClusterProps> = {}) =>
  synthGoogleStack((stack) => void new AutopilotCluster(stack, "cluster", { ...minimal, ...props }));

const cluster = (props?: Partial<AutopilotClusterProps>) =>
  onlyResource(synth(props), "google_container_cluster");

describe("an Autopilot cluster", () => {
  test("is one resource with a readable address", () => {
    expect(addresses(synth())).toEqual(["google_container_cluster.cluster"]);
  });

  test("is protected twice unless it is told otherwise", () => {
    expect(cluster()).toMatchObject({ deletion_protection: true, lifecycle: { prevent_destroy: true } });
    expect(cluster({ deletionProtection: false })).toMatchObject({
      deletion_protection: false,
      lifecycle: { prevent_destroy: false },
    });
  });

  test("ignores no change: what the plan shows is what differs", () => {
    expect(cluster().lifecycle).not.toHaveProperty("ignore_changes");
  });

  test("mounts secrets from Secret Manager and follows their newest version", () => {
    expect(cluster().secret_manager_config).toEqual({
      enabled: true,
      rotation_config: { enabled: true, rotation_interval: "120s" },
    });
  });

  test("gives the provider time", () => {
    expect(cluster().timeouts).toEqual({ create: "90m", update: "120m", delete: "90m" });
  });

  test("never holds a block that Autopilot refuses or that replaces it for nothing", () => {
    const everything = cluster({
      authorizedNetworks: { office: "203.0.113.0/24" },
      kmsKeyName: "projects/acme-dev/locations/europe-west4/keyRings/r/cryptoKeys/cluster",
      binaryAuthorization: true,
      securityGroup: "gke-security-groups@acme.example",
      labels: { environment: "dev" },
    });
    // From the provider's schema: ConflictsWith enable_autopilot, or ForceNew while Autopilot decides it anyway.
    for (const block of [
      "cluster_ipv4_cidr",
      "datapath_provider",
      "default_max_pods_per_node",
      "description",
      "dns_config",
      "enable_intranode_visibility",
      "enable_shielded_nodes",
      "initial_node_count",
      "network_policy",
      "networking_mode",
      "node_config",
      "node_pool",
      "node_pool_defaults",
      "remove_default_node_pool",
    ])
      expect(everything).not.toHaveProperty(block);
    expect(Object.keys(everything.addons_config).sort()).toEqual([
      "gcp_filestore_csi_driver_config",
      "gcs_fuse_csi_driver_config",
      "gke_backup_agent_config",
      "ray_operator_config",
    ]);
    expect(Object.keys(everything.cluster_autoscaling)).toEqual(["auto_provisioning_defaults"]);
    expect(everything.binary_authorization).toEqual({ evaluation_mode: "PROJECT_SINGLETON_POLICY_ENFORCE" });
  });

  test("names its pool of identities through the cluster, so that whoever uses it waits", () => {
    const { ready, attributes } = seen(
      (stack) => new AutopilotCluster(stack, "cluster", minimal),
      "clusterId",
      "name",
      "workloadPool",
    );
    expect(ready).toEqual(["google_container_cluster.cluster"]);
    expect(attributes).toEqual({
      clusterId: "${google_container_cluster.cluster.id}",
      name: "${google_container_cluster.cluster.name}",
      workloadPool: "${google_container_cluster.cluster.workload_identity_config[0].workload_pool}",
    });
    expect(cluster().workload_identity_config).toEqual({ workload_pool: "acme-dev.svc.id.goog" });
  });

  test("waits for what it is told to wait for", () => {
    expect(
      waiting((stack, dependsOn) => void new AutopilotCluster(stack, "it", { ...minimal, dependsOn })),
    ).toEqual(["google_container_cluster"]);
  });

  test("fails with the path of the construct and every problem", () => {
    expect(() => synth({ name: "Flyte", location: "europe-west4-a" })).toThrow(
      new Error(
        [
          "test/cluster has 2 problems:",
          '- name must be 1 to 40 lowercase letters, digits and hyphens, start with a letter and not end with a hyphen, got "Flyte"',
          '- location must be a region such as "europe-west4", got "europe-west4-a"; Autopilot clusters are regional',
        ].join("\n"),
      ),
    );
  });
});
