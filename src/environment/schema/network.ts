import { defaulted, flag, group, optional, required } from "./kinds";
import { cidr, label, projectId } from "./names";

const replacesCluster = "Replaces the cluster, which `deletionProtection` refuses.";

// The provider updates a secondary range in place, and Google keeps what a cluster uses.
const refusedInUse =
  "Refused by Google while the cluster uses the range; another range is another environment.";

const existing = group({
  project: optional(projectId(), {
    meaning: "The project that owns the network (the host project of a Shared VPC).",
    default: "the environment's `project`",
    change: replacesCluster,
  }),
  network: required(label(), {
    meaning: "Name of the existing VPC. It must already have private services access for Cloud SQL.",
    change: replacesCluster,
    example: '"shared-vpc"',
  }),
  subnet: required(label(), {
    meaning:
      "Name of the existing subnet in the environment's region, with Private Google Access. State its primary range in `network.nodesCidr`.",
    change: replacesCluster,
    example: '"flyte-nodes"',
  }),
  podsRange: required(label(), {
    meaning: "Name of the subnet's secondary range for Pods.",
    change: replacesCluster,
    example: '"pods"',
  }),
  servicesRange: required(label(), {
    meaning: "Name of the subnet's secondary range for Services.",
    change: replacesCluster,
    example: '"services"',
  }),
});

export const network = group({
  nodesCidr: defaulted(cidr("10.0.0.0/20"), "10.0.0.0/20", {
    meaning:
      "Primary range of the subnet: one address per node, and the control plane's private endpoint. At least /24. Google keeps 4 addresses.",
    change:
      "In place when the new range contains the old one; any other replaces the subnet, which Google refuses while the cluster is in it.",
  }),
  podsCidr: defaulted(cidr("10.4.0.0/14"), "10.4.0.0/14", {
    meaning:
      "Secondary range for Pods. Autopilot takes 64 addresses per node, so /20 holds 64 nodes. From /9 to /20.",
    change: refusedInUse,
    source: "cloud.google.com/kubernetes-engine/docs/concepts/alias-ips",
  }),
  servicesCidr: defaulted(cidr("10.8.0.0/20"), "10.8.0.0/20", {
    meaning: "Secondary range for Services, one address each. From /16 to /24.",
    change: refusedInUse,
    source: "cloud.google.com/kubernetes-engine/docs/concepts/alias-ips",
  }),
  privateServicesCidr: defaulted(cidr("10.9.0.0/20"), "10.9.0.0/20", {
    meaning:
      "Range for private services access, where Google places the Cloud SQL instance. At least /24; a second service or region takes a /24 of its own.",
    change: "Replaces the range, which is refused while the database uses it.",
    source: "cloud.google.com/sql/docs/postgres/private-ip",
  }),
  proxiesCidr: optional(cidr("10.9.16.0/23"), {
    meaning:
      "Range of the proxies of internal load balancers, a subnet of their own that serves all those of the region. For `flyte.access.mode` `internal` with `oidc`. At least /26, Google recommends /23. With `existing`: the range of the proxy-only subnet that is in that network already.",
    default: "none: no such subnet is made",
    change: "Replaces the subnet, which Google refuses while a load balancer uses it.",
    example: '"10.9.16.0/23"',
    source: "cloud.google.com/load-balancing/docs/proxy-only-subnets",
  }),
  flowLogs: defaulted(flag(), true, {
    meaning: "Log a sample of the subnet's connections. What an investigation after an incident starts from.",
    change: "In place.",
  }),
  existing: optional(existing, {
    meaning:
      "Use a network that somebody else manages. Nothing is created in it but one firewall rule; of the keys above only `nodesCidr` is stated, and must be, and `proxiesCidr` where it is needed.",
    change: replacesCluster,
  }),
});
