import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { check, type Rule } from "../rules";
import { cidrProblem } from "./cidr";
import { PrivateServicesAccess } from "./private-services-access";
import { WebhookFirewall } from "./webhook-firewall";

/** Physical names of what a network holds. Each 1 to 63 characters. Change: replaces that part and what stands on it. */
export interface NetworkNames {
  readonly network: string;
  readonly subnet: string;
  /** Subnet of the proxies of internal load balancers. */
  readonly proxies: string;
  /** Secondary range of the pods. */
  readonly podsRange: string;
  /** Secondary range of the services. */
  readonly servicesRange: string;
  readonly router: string;
  readonly nat: string;
  readonly firewallWebhooks: string;
  /** Network tag of the cluster's nodes. */
  readonly nodeTag: string;
  /** Reserved range for managed services. */
  readonly privateServicesRange: string;
}

export interface NetworkProps {
  readonly project: string;
  readonly region: string;
  readonly names: NetworkNames;
  /**
   * Addresses of the nodes and of the control plane's private endpoint.
   *
   * Shape: IPv4 range, /8 to /29. Change: larger in place; anything else replaces the subnet.
   */
  readonly nodesCidr: string;
  /** Addresses of the pods; each node takes a block (a /26 for 32 pods). Shape: /9 to /21. Change: replaces the cluster. */
  readonly podsCidr: string;
  /** Addresses of the Kubernetes services. Shape: /16 to /27. Change: replaces the cluster. */
  readonly servicesCidr: string;
  /** Addresses of managed services. Shape: /8 to /24. Change: refused by Google while a database is there. */
  readonly privateServicesCidr: string;
  /**
   * Addresses of the proxies of the region's internal load balancers. Shape: at least /26. Change: replaces their subnet.
   * @default none: no such subnet
   */
  readonly proxiesCidr?: string;
  /** Ports of pods that the cluster's API server calls: `WebhookFirewallProps.ports`. Change: in place. */
  readonly controlPlanePorts: readonly number[];
  /** Record which addresses talk to each other (a sample, five-minute sums). Costs by volume. @default true */
  readonly flowLogs?: boolean;
  /** Labels, where the network's parts take them (the reserved range). @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Refuse to remove or replace what clusters and databases stand on. @default true */
  readonly deletionProtection?: boolean;
  /** What must be there first, such as the project's APIs. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A network of its own for one environment: private nodes, a way out, and private addresses for managed services. */
export class Network extends Construct {
  /** `projects/<project>/global/networks/<name>`. */
  readonly networkId: string;
  /** `projects/<project>/regions/<region>/subnetworks/<name>`. */
  readonly subnetId: string;
  /** What clusters and databases must wait for. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    check(this, props, networkRules);
    const network = createNetwork(this, props);
    const subnet = createSubnet(this, props, network);
    const proxies = createProxies(this, props, network);
    const nat = createNat(this, props, network, subnet);
    const webhooks = new WebhookFirewall(this, "webhooks", {
      project: props.project,
      name: props.names.firewallWebhooks,
      network: network.id,
      nodesCidr: props.nodesCidr,
      nodeTag: props.names.nodeTag,
      ports: props.controlPlanePorts,
    });
    const services = new PrivateServicesAccess(this, "private-services", {
      project: props.project,
      network: network.id,
      rangeName: props.names.privateServicesRange,
      cidr: props.privateServicesCidr,
      labels: props.labels,
      deletionProtection: props.deletionProtection,
    });
    this.networkId = network.id;
    this.subnetId = subnet.id;
    this.ready = [subnet, ...proxies, nat, ...webhooks.ready, ...services.ready];
  }
}

export const networkRules: readonly Rule<NetworkProps>[] = [
  ({ nodesCidr }) => cidrProblem("nodesCidr", nodesCidr, 8, 29),
  ({ podsCidr }) => cidrProblem("podsCidr", podsCidr, 9, 21),
  ({ servicesCidr }) => cidrProblem("servicesCidr", servicesCidr, 16, 27),
  ({ privateServicesCidr }) => cidrProblem("privateServicesCidr", privateServicesCidr, 8, 24),
  ({ proxiesCidr }) =>
    proxiesCidr === undefined ? undefined : cidrProblem("proxiesCidr", proxiesCidr, 8, 26),
];

function lifecycle(props: NetworkProps) {
  return { preventDestroy: props.deletionProtection ?? true };
}

function createNetwork(scope: Construct, props: NetworkProps): ComputeNetwork {
  return new ComputeNetwork(scope, "Default", {
    project: props.project,
    name: props.names.network,
    autoCreateSubnetworks: false,
    routingMode: "REGIONAL",
    lifecycle: lifecycle(props),
    dependsOn: props.dependsOn && [...props.dependsOn],
  });
}

function createSubnet(scope: Construct, props: NetworkProps, network: ComputeNetwork): ComputeSubnetwork {
  return new ComputeSubnetwork(scope, "subnet", {
    project: props.project,
    region: props.region,
    name: props.names.subnet,
    network: network.id,
    ipCidrRange: props.nodesCidr,
    secondaryIpRange: [
      { rangeName: props.names.podsRange, ipCidrRange: props.podsCidr },
      { rangeName: props.names.servicesRange, ipCidrRange: props.servicesCidr },
    ],
    privateIpGoogleAccess: true,
    logConfig: (props.flowLogs ?? true) ? flowLogs : undefined,
    lifecycle: lifecycle(props),
  });
}

/** One for all internal load balancers of the region. It takes neither flow logs nor Private Google Access. */
function createProxies(scope: Construct, props: NetworkProps, network: ComputeNetwork): ComputeSubnetwork[] {
  if (props.proxiesCidr === undefined) return [];
  const subnet = new ComputeSubnetwork(scope, "proxies", {
    project: props.project,
    region: props.region,
    name: props.names.proxies,
    network: network.id,
    ipCidrRange: props.proxiesCidr,
    purpose: "REGIONAL_MANAGED_PROXY",
    role: "ACTIVE",
  });
  return [subnet];
}

/** Explicit, because unset fields follow whatever Google's defaults become; a five-second sum costs many times more. */
const flowLogs = {
  aggregationInterval: "INTERVAL_5_MIN",
  flowSampling: 0.5,
  metadata: "INCLUDE_ALL_METADATA",
};

function createNat(
  scope: Construct,
  props: NetworkProps,
  network: ComputeNetwork,
  subnet: ComputeSubnetwork,
) {
  const router = new ComputeRouter(scope, "router", {
    project: props.project,
    region: props.region,
    name: props.names.router,
    network: network.id,
  });
  return new ComputeRouterNat(scope, "nat", {
    project: props.project,
    region: props.region,
    name: props.names.nat,
    router: router.name,
    natIpAllocateOption: "AUTO_ONLY",
    sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
    subnetwork: [{ name: subnet.id, sourceIpRangesToNat: ["ALL_IP_RANGES"] }],
    // A node full of tasks that download data needs thousands of ports, an idle one a few: ports follow the need.
    // Google allows that only without endpoint-independent mapping.
    enableDynamicPortAllocation: true,
    enableEndpointIndependentMapping: false,
    minPortsPerVm: 64,
    maxPortsPerVm: 8192,
    logConfig: { enable: true, filter: "ERRORS_ONLY" },
  });
}
