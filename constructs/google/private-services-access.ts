import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address";
import { ServiceNetworkingConnection } from "@cdktf/provider-google/lib/service-networking-connection";
import { check, type Rule } from "../rules";
import { cidrProblem, parseCidr } from "./cidr";

export interface PrivateServicesAccessProps {
  readonly project: string;
  /** Network, as `projects/<project>/global/networks/<name>`. Change: replaces the connection. */
  readonly network: string;
  /** Name of the reserved range, 1 to 63 characters. Change: replaces the range. */
  readonly rangeName: string;
  /**
   * Range that Google's managed services take addresses from. Each kind of service and each region takes a /24 of it.
   *
   * Shape: IPv4 range, /8 to /24. Change: refused by Google while a database has an address in it.
   * @see cloud.google.com/vpc/docs/configure-private-services-access
   */
  readonly cidr: string;
  /** Labels of the reserved range. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Refuse to remove it: databases lose their address with it. @default true */
  readonly deletionProtection?: boolean;
  /** What must be there first, such as the project's APIs. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Gives managed services (Cloud SQL) private addresses in the network. */
export class PrivateServicesAccess extends Construct {
  /** What a database with a private address must wait for. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateServicesAccessProps) {
    super(scope, id);
    check(this, props, privateServicesAccessRules);
    const lifecycle = { preventDestroy: props.deletionProtection ?? true };
    const range = new ComputeGlobalAddress(this, "range", {
      project: props.project,
      name: props.rangeName,
      network: props.network,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address: parseCidr(props.cidr)?.address,
      prefixLength: parseCidr(props.cidr)?.prefix,
      labels: props.labels && { ...props.labels },
      lifecycle,
      dependsOn: props.dependsOn && [...props.dependsOn],
    });
    const connection = new ServiceNetworkingConnection(this, "Default", {
      network: props.network,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range.name],
      // An earlier connection of the same network outlives its destroy on Google's side for days; creating it again
      // then fails unless its ranges may be updated instead.
      updateOnCreationFail: true,
      deletionPolicy,
      lifecycle,
    });
    this.ready = [connection];
  }
}

/**
 * Google refuses to delete the connection until days after its last database is gone. `ABANDON` hides that
 * and leaves a peering that then blocks the network's deletion, with nothing in the state to say so. `REMOVE_PEERING`
 * removes the peering when Google refuses; a provider that does not know the word yet (7.45.0) takes it as `DELETE` and
 * reports Google's refusal. Then `gcloud compute networks peerings delete servicenetworking-googleapis-com
 * --network <network>` and a second destroy finish the job.
 * @see registry.terraform.io/providers/hashicorp/google/7.45.0/docs/resources/service_networking_connection
 */
const deletionPolicy = "REMOVE_PEERING";

export const privateServicesAccessRules: readonly Rule<PrivateServicesAccessProps>[] = [
  ({ cidr }) => cidrProblem("cidr", cidr, 8, 24),
];
