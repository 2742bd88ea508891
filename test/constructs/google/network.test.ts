import { Network, type NetworkProps } from "../../../constructs/google/network";
import { seen, synthGoogleStack, waiting } from "./google-stack";
import { addresses, onlyResource } from "../../support/synth";

const minimal: NetworkProps = {
  project: "acme-dev",
  region: "europe-west4",
  names: {
    network: "flyte-dev-network",
    proxies: "flyte-dev-proxies",
    subnet: "flyte-dev-subnet",
    podsRange: "pods",
    servicesRange: "services",
    router: "flyte-dev-router",
    nat: "flyte-dev-nat",
    firewallWebhooks: "flyte-dev-webhooks",
    nodeTag: "flyte-dev-nodes",
    privateServicesRange: "flyte-dev-private-services",
  },
  nodesCidr: "10.0.0.0/20",
  podsCidr: "10.4.0.0/14",
  servicesCidr: "10.8.0.0/20",
  controlPlanePorts: [8082, 9443],
  privateServicesCidr: "10.9.0.0/20",
};

const synth = (overrides: Partial<NetworkProps> = {}) =>
  synthGoogleStack((stack) => void new Network(stack, "network", { ...minimal, ...overrides }));

const networkRef = "${google_compute_network.network.id}";

describe("network", () => {
  test("holds one subnet with named secondary ranges and Private Google Access", () => {
    const stack = synth();
    expect(onlyResource(stack, "google_compute_network")).toMatchObject({
      name: "flyte-dev-network",
      auto_create_subnetworks: false,
      routing_mode: "REGIONAL",
    });
    expect(onlyResource(stack, "google_compute_subnetwork")).toMatchObject({
      name: "flyte-dev-subnet",
      region: "europe-west4",
      network: networkRef,
      ip_cidr_range: "10.0.0.0/20",
      secondary_ip_range: [
        { range_name: "pods", ip_cidr_range: "10.4.0.0/14" },
        { range_name: "services", ip_cidr_range: "10.8.0.0/20" },
      ],
      private_ip_google_access: true,
    });
  });

  test("has flow logs with a stated sample unless they are switched off", () => {
    expect(onlyResource(synth(), "google_compute_subnetwork").log_config).toEqual({
      aggregation_interval: "INTERVAL_5_MIN",
      flow_sampling: 0.5,
      metadata: "INCLUDE_ALL_METADATA",
    });
    expect(onlyResource(synth({ flowLogs: false }), "google_compute_subnetwork")).not.toHaveProperty(
      "log_config",
    );
  });

  test("lets private nodes out through a NAT that grows with the need and logs what it drops", () => {
    const stack = synth();
    expect(onlyResource(stack, "google_compute_router")).toMatchObject({
      name: "flyte-dev-router",
      network: networkRef,
    });
    expect(onlyResource(stack, "google_compute_router_nat")).toMatchObject({
      name: "flyte-dev-nat",
      nat_ip_allocate_option: "AUTO_ONLY",
      source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS",
      subnetwork: [
        {
          name: expect.stringMatching(/^\$\{google_compute_subnetwork\.network_subnet_\w+\.id\}$/),
          source_ip_ranges_to_nat: ["ALL_IP_RANGES"],
        },
      ],
      enable_dynamic_port_allocation: true,
      enable_endpoint_independent_mapping: false,
      min_ports_per_vm: 64,
      max_ports_per_vm: 8192,
      log_config: { enable: true, filter: "ERRORS_ONLY" },
    });
  });

  test("lets the control plane call webhooks on its nodes", () => {
    expect(onlyResource(synth(), "google_compute_firewall")).toMatchObject({
      network: networkRef,
      source_ranges: ["10.0.0.0/20"],
      target_tags: ["flyte-dev-nodes"],
    });
  });

  test("gives managed services a range of its own", () => {
    const stack = synth({ labels: { environment: "dev" } });
    expect(onlyResource(stack, "google_compute_global_address")).toMatchObject({
      labels: { environment: "dev" },
      name: "flyte-dev-private-services",
      address: "10.9.0.0",
      network: networkRef,
    });
  });

  test("protects what clusters and databases stand on, and only that", () => {
    const kept = (deletionProtection?: boolean) => {
      const stack = synth({ deletionProtection });
      return Object.values(stack.resource ?? {})
        .flatMap((byId) => Object.values(byId))
        .filter(({ lifecycle }) => lifecycle?.prevent_destroy === true).length;
    };
    expect(kept()).toBe(4);
    expect(kept(false)).toBe(0);
  });

  test("is ready with the subnet, the way out, the firewall rule and the private services", () => {
    const { ready, attributes } = seen(
      (stack) => new Network(stack, "network", minimal),
      "networkId",
      "subnetId",
    );
    expect(ready.map((address) => address.split(".")[0])).toEqual([
      "google_compute_subnetwork",
      "google_compute_router_nat",
      "google_compute_firewall",
      "google_service_networking_connection",
    ]);
    expect(attributes.networkId).toBe(networkRef);
    expect(attributes.subnetId).toMatch(/^\$\{google_compute_subnetwork\./);
  });

  test("waits, with all its parts behind it, for what it is told to wait for", () => {
    expect(waiting((stack, dependsOn) => void new Network(stack, "it", { ...minimal, dependsOn }))).toEqual([
      "google_compute_network",
    ]);
  });

  test("keeps its addresses", () => {
    expect(addresses(synth()).map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "google_compute_firewall.network_webhooks",
      "google_compute_global_address.network_private-services_range",
      "google_compute_network.network",
      "google_compute_router.network_router",
      "google_compute_router_nat.network_nat",
      "google_compute_subnetwork.network_subnet",
      "google_service_networking_connection.network_private-services",
    ]);
  });

  test("fails with every bad range at once", () => {
    const build = () =>
      synth({
        nodesCidr: "10.0.0.0/30",
        podsCidr: "10.0.0.0/22",
        servicesCidr: "10.8.0.0/28",
        privateServicesCidr: "10.9.0.0",
      });
    expect(build).toThrow(
      new Error(
        [
          "test/network has 4 problems:",
          '- nodesCidr must be between a /8 and a /29, got "10.0.0.0/30"',
          '- podsCidr must be between a /9 and a /21, got "10.0.0.0/22"',
          '- servicesCidr must be between a /16 and a /27, got "10.8.0.0/28"',
          '- privateServicesCidr must be an IPv4 range such as "10.0.0.0/20", got "10.9.0.0"',
        ].join("\n"),
      ),
    );
  });

  test("takes the largest and the smallest ranges that Google takes", () => {
    expect(() =>
      synth({ nodesCidr: "10.0.0.0/29", podsCidr: "10.64.0.0/21", servicesCidr: "10.8.0.0/27" }),
    ).not.toThrow();
    expect(() =>
      synth({ nodesCidr: "10.0.0.0/8", podsCidr: "10.0.0.0/9", servicesCidr: "10.8.0.0/16" }),
    ).not.toThrow();
  });
});
