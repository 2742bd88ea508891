import { CertificateManagerCertificate } from "@cdktf/provider-google/lib/certificate-manager-certificate";
import { CertificateManagerCertificateMap } from "@cdktf/provider-google/lib/certificate-manager-certificate-map";
import { CertificateManagerCertificateMapEntry } from "@cdktf/provider-google/lib/certificate-manager-certificate-map-entry";
import { CertificateManagerDnsAuthorization } from "@cdktf/provider-google/lib/certificate-manager-dns-authorization";
import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address";
import { ComputeSslPolicy } from "@cdktf/provider-google/lib/compute-ssl-policy";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { DNS_ZONE, type DnsZone, dnsZoneProblem, zoneOf } from "./dns-zone";

export interface PublicEndpointProps {
  readonly project: string;

  /**
   * Name of each of the parts.
   *
   * Shape: 1 to 63 lower-case letters, digits and hyphens.
   * Change: replaces all of them, the address included.
   */
  readonly name: string;

  /**
   * Name that the certificate is for.
   *
   * Shape: a domain name of at most 64 characters, without a wildcard.
   * Change: replaces the certificate; until the new one is issued (minutes to an hour) browsers refuse.
   */
  readonly host: string;

  /**
   * Cloud DNS zone that the host is in. With it the certificate is issued before anybody points at the address, and
   * the host's record follows the address; without it, make an A record yourself, and the certificate follows that.
   *
   * Shape: the zone's name, or `projects/<project>/managedZones/<name>` when another project has it.
   * Change: replaces the certificate.
   * @default - no record is made
   */
  readonly dnsZone?: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Refuse to give the address back: a record that somebody made by hand names it. @default true */
  readonly deletionProtection?: boolean;

  /** @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * What a global load balancer needs to serve HTTPS under a name: an address, a certificate that Google issues and
 * renews, and a policy that refuses TLS older than 1.2. A Gateway takes all three by name.
 */
export class PublicEndpoint extends Construct {
  /** The address itself, as a token. */
  readonly address: string;
  /** Name of the address. */
  readonly addressName: string;
  /** Name of the certificate map. */
  readonly certificateMap: string;
  /** Name of the TLS policy. */
  readonly sslPolicy: string;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PublicEndpointProps) {
    super(scope, id);
    check(this, props, publicEndpointRules);
    const address = createAddress(this, props);
    const zone = props.dnsZone === undefined ? undefined : zoneOf(props.dnsZone, props.project);
    const certificate = createCertificate(this, props, zone);
    const entry = createMap(this, props, certificate);
    const sslPolicy = new ComputeSslPolicy(this, "ssl-policy", {
      project: props.project,
      name: props.name,
      profile: "MODERN",
      minTlsVersion: "TLS_1_2",
      dependsOn: props.dependsOn?.slice(),
    });
    if (zone) record(this, "record", zone, { name: `${props.host}.`, type: "A", data: address.address });

    this.address = address.address;
    this.addressName = props.name;
    this.certificateMap = props.name;
    this.sslPolicy = props.name;
    this.ready = [address, entry, sslPolicy];
  }
}

export const publicEndpointRules: readonly Rule<PublicEndpointProps>[] = [
  ({ name }) =>
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
      ? undefined
      : `name must be 1 to 63 lower-case letters, digits and hyphens, got ${JSON.stringify(name)}`,
  ({ host }) =>
    host.length <= 64 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/.test(host)
      ? undefined
      : `host must be a domain name of at most 64 characters such as "flyte.acme.example", got ${JSON.stringify(host)}`,
  ({ dnsZone }) => (dnsZone === undefined || DNS_ZONE.test(dnsZone) ? undefined : dnsZoneProblem(dnsZone)),
];

function createAddress(scope: Construct, props: PublicEndpointProps): ComputeGlobalAddress {
  return new ComputeGlobalAddress(scope, "Default", {
    project: props.project,
    name: props.name,
    addressType: "EXTERNAL",
    ipVersion: "IPV4",
    labels: props.labels,
    lifecycle: { preventDestroy: props.deletionProtection ?? true },
    dependsOn: props.dependsOn?.slice(),
  });
}

/**
 * With a zone the proof is a record in it, which needs no load balancer. Without one, Google asks the load balancer
 * itself, as soon as the host's record points there.
 */
function createCertificate(scope: Construct, props: PublicEndpointProps, zone: DnsZone | undefined) {
  const { project, name, host, labels } = props;
  const dependsOn = props.dependsOn?.slice();
  if (zone === undefined)
    return new CertificateManagerCertificate(scope, "certificate", {
      project,
      name,
      labels,
      managed: { domains: [host] },
      dependsOn,
    });
  const authorization = new CertificateManagerDnsAuthorization(scope, "authorization", {
    project,
    name,
    domain: host,
    labels,
    dependsOn,
  });
  const proof = authorization.dnsResourceRecord.get(0);
  const proven = record(scope, "authorization-record", zone, proof);
  return new CertificateManagerCertificate(scope, "certificate", {
    project,
    name,
    labels,
    managed: { domains: [host], dnsAuthorizations: [authorization.id] },
    dependsOn: [proven],
  });
}

function createMap(
  scope: Construct,
  { project, name, host, labels, dependsOn }: PublicEndpointProps,
  certificate: CertificateManagerCertificate,
) {
  const map = new CertificateManagerCertificateMap(scope, "map", {
    project,
    name,
    labels,
    dependsOn: dependsOn?.slice(),
  });
  return new CertificateManagerCertificateMapEntry(scope, "entry", {
    project,
    name,
    map: map.name,
    hostname: host,
    certificates: [certificate.id],
    labels,
  });
}

function record(
  scope: Construct,
  id: string,
  zone: DnsZone,
  { name, type, data }: { readonly name: string; readonly type: string; readonly data: string },
): DnsRecordSet {
  return new DnsRecordSet(scope, id, { ...zone, name, type, ttl: 300, rrdatas: [data] });
}
