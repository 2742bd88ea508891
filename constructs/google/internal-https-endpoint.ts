import { CertificateManagerCertificate } from "@cdktf/provider-google/lib/certificate-manager-certificate";
import { CertificateManagerDnsAuthorization } from "@cdktf/provider-google/lib/certificate-manager-dns-authorization";
import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeRegionSslPolicy } from "@cdktf/provider-google/lib/compute-region-ssl-policy";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { DNS_ZONE, dnsZoneProblem, zoneOf } from "./dns-zone";

export interface InternalHttpsEndpointProps {
  readonly project: string;
  readonly region: string;

  /**
   * Name of each of the parts.
   *
   * Shape: 1 to 63 lower-case letters, digits and hyphens.
   * Change: replaces all of them, the address included.
   */
  readonly name: string;

  /** Subnet that the address is taken from, as `projects/<project>/regions/<region>/subnetworks/<name>`. */
  readonly subnetwork: string;

  /**
   * Name that people on the network type, and that the certificate is for.
   *
   * Shape: a domain name of at most 64 characters, without a wildcard. Google issues certificates only for names below a
   * domain that is registered.
   * Change: replaces certificate and record.
   */
  readonly host: string;

  /**
   * Private Cloud DNS zone that the host is in.
   *
   * Shape: the zone's name, or `projects/<project>/managedZones/<name>` when another project has it.
   * @default - no record is made
   */
  readonly dnsZone?: string;

  /**
   * Public Cloud DNS zone of the host's domain, for the record by which Google proves the certificate. The host itself
   * stays out of it.
   *
   * Shape: as `dnsZone`.
   * @default - no record is made: make the one that `proof` says
   */
  readonly certificateZone?: string;

  /**
   * Name of a Certificate Manager certificate of this region that is there already, such as one of a company's own
   * authority.
   *
   * Change: in place.
   * @default - one that Google issues and renews
   */
  readonly certificate?: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * What an internal load balancer of one region needs to serve HTTPS under a name: an address, a certificate, and a policy
 * that refuses TLS older than 1.2. A Gateway takes all three by name.
 */
export class InternalHttpsEndpoint extends Construct {
  /** The address itself, as a token. */
  readonly address: string;
  /** Name of the address. */
  readonly addressName: string;
  /** Name of the certificate. */
  readonly certificate: string;
  /** Name of the TLS policy. */
  readonly sslPolicy: string;
  /** The record that proves the certificate, `<name> <type> <data>`, a token. Nothing with a certificate of one's own. */
  readonly proof: string | undefined;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: InternalHttpsEndpointProps) {
    super(scope, id);
    check(this, props, internalHttpsEndpointRules);
    const address = createAddress(this, props);
    const sslPolicy = new ComputeRegionSslPolicy(this, "ssl-policy", {
      project: props.project,
      region: props.region,
      name: props.name,
      profile: "MODERN",
      minTlsVersion: "TLS_1_2",
      dependsOn: props.dependsOn?.slice(),
    });
    const host = { name: `${props.host}.`, type: "A", data: address.address };
    const named = record(this, "record", props.dnsZone, props, host);
    const issued = props.certificate === undefined ? issue(this, props) : undefined;

    this.address = address.address;
    this.addressName = props.name;
    this.certificate = props.certificate ?? props.name;
    this.sslPolicy = props.name;
    this.proof = issued?.proof;
    this.ready = [address, sslPolicy, ...named, ...(issued?.ready ?? [])];
  }
}

function createAddress(scope: Construct, props: InternalHttpsEndpointProps): ComputeAddress {
  return new ComputeAddress(scope, "Default", {
    project: props.project,
    region: props.region,
    name: props.name,
    addressType: "INTERNAL",
    // One address for two listeners: HTTPS, and HTTP that is sent there.
    purpose: "SHARED_LOADBALANCER_VIP",
    subnetwork: props.subnetwork,
    labels: props.labels,
    dependsOn: props.dependsOn?.slice(),
  });
}

/** Proven by a record: nobody on the internet could ask this load balancer. The region's has a record for each project. */
function issue(scope: Construct, props: InternalHttpsEndpointProps) {
  const { project, region, name, host, labels, dependsOn } = props;
  const authorization = new CertificateManagerDnsAuthorization(scope, "authorization", {
    project,
    location: region,
    name,
    domain: host,
    type: "PER_PROJECT_RECORD",
    labels,
    dependsOn: dependsOn?.slice(),
  });
  const proof = authorization.dnsResourceRecord.get(0);
  const proven = record(scope, "authorization-record", props.certificateZone, props, proof);
  const certificate = new CertificateManagerCertificate(scope, "certificate", {
    project,
    location: region,
    name,
    labels,
    managed: { domains: [host], dnsAuthorizations: [authorization.id] },
    dependsOn: proven,
  });
  return { proof: Fn.join(" ", [proof.name, proof.type, proof.data]), ready: [...proven, certificate] };
}

function record(
  scope: Construct,
  id: string,
  dnsZone: string | undefined,
  { project }: InternalHttpsEndpointProps,
  { name, type, data }: { readonly name: string; readonly type: string; readonly data: string },
): DnsRecordSet[] {
  if (dnsZone === undefined) return [];
  const zone = zoneOf(dnsZone, project);
  return [new DnsRecordSet(scope, id, { ...zone, name, type, ttl: 300, rrdatas: [data] })];
}

const internalHttpsEndpointRules: readonly Rule<InternalHttpsEndpointProps>[] = [
  ({ name }) =>
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
      ? undefined
      : `name must be 1 to 63 lower-case letters, digits and hyphens, got ${JSON.stringify(name)}`,
  ({ host }) =>
    host.length <= 64 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/.test(host)
      ? undefined
      : `host must be a domain name of at most 64 characters such as "flyte.corp.acme.example", got ${JSON.stringify(host)}`,
  ({ dnsZone }) => (dnsZone === undefined || DNS_ZONE.test(dnsZone) ? undefined : dnsZoneProblem(dnsZone)),
  ({ certificateZone }) =>
    certificateZone === undefined || DNS_ZONE.test(certificateZone)
      ? undefined
      : dnsZoneProblem(certificateZone, "certificateZone"),
  ({ certificate, certificateZone }) =>
    certificate !== undefined && certificateZone !== undefined
      ? "certificateZone must be left out with certificate: one that is there already needs no proof"
      : undefined,
];
