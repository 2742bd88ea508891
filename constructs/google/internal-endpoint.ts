import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { DNS_ZONE, dnsZoneProblem, zoneOf } from "./dns-zone";

export interface InternalEndpointProps {
  readonly project: string;
  readonly region: string;

  /**
   * Name of the address.
   *
   * Shape: 1 to 63 lower-case letters, digits and hyphens.
   * Change: replaces the address.
   */
  readonly name: string;

  /** Subnet that the address is taken from, as `projects/<project>/regions/<region>/subnetworks/<name>`. */
  readonly subnetwork: string;

  /** Name that people on the network type. Change: replaces the record. */
  readonly host: string;

  /**
   * Private Cloud DNS zone that the host is in.
   *
   * Shape: the zone's name, or `projects/<project>/managedZones/<name>` when another project has it.
   */
  readonly dnsZone: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** An address on the network that stays when its load balancer is made anew, and a name for it. */
export class InternalEndpoint extends Construct {
  /** The address itself, as a token. */
  readonly address: string;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: InternalEndpointProps) {
    super(scope, id);
    check(this, props, internalEndpointRules);
    const address = new ComputeAddress(this, "Default", {
      project: props.project,
      region: props.region,
      name: props.name,
      addressType: "INTERNAL",
      subnetwork: props.subnetwork,
      labels: props.labels,
    });
    const record = new DnsRecordSet(this, "record", {
      ...zoneOf(props.dnsZone, props.project),
      name: `${props.host}.`,
      type: "A",
      ttl: 300,
      rrdatas: [address.address],
    });
    this.address = address.address;
    this.ready = [address, record];
  }
}

const internalEndpointRules: readonly Rule<InternalEndpointProps>[] = [
  ({ host }) =>
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/.test(host)
      ? undefined
      : `host must be a domain name such as "flyte.corp.acme.example", got ${JSON.stringify(host)}`,
  ({ dnsZone }) => (DNS_ZONE.test(dnsZone) ? undefined : dnsZoneProblem(dnsZone)),
];
