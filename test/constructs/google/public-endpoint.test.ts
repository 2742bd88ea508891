import { PublicEndpoint, type PublicEndpointProps } from "../../../constructs/google/public-endpoint";
import { addresses, onlyResource, resources, type StackJson } from "../../support/synth";
import { synthGoogleStack } from "./google-stack";

const props: PublicEndpointProps = {
  project: "acme-ml",
  name: "flyte-prod-public",
  host: "flyte.acme.example",
};

const synth = (changes: Partial<PublicEndpointProps> = {}): StackJson =>
  synthGoogleStack((stack) => new PublicEndpoint(stack, "endpoint", { ...props, ...changes }));

describe("an endpoint without a DNS zone", () => {
  const json = synth();

  test("has an address, a certificate in a map, and a TLS policy", () => {
    expect(addresses(json).map((address) => address.split(".")[0])).toEqual([
      "google_certificate_manager_certificate",
      "google_certificate_manager_certificate_map",
      "google_certificate_manager_certificate_map_entry",
      "google_compute_global_address",
      "google_compute_ssl_policy",
    ]);
  });

  test("has its certificate proven by the load balancer, once the host's record points there", () => {
    expect(onlyResource(json, "google_certificate_manager_certificate")["managed"]).toEqual({
      domains: ["flyte.acme.example"],
    });
  });

  test("serves the certificate for that host alone", () => {
    const [certificate] = Object.keys(resources(json, "google_certificate_manager_certificate"));
    const [map] = Object.keys(resources(json, "google_certificate_manager_certificate_map"));
    expect(onlyResource(json, "google_certificate_manager_certificate_map_entry")).toMatchObject({
      hostname: "flyte.acme.example",
      map: `\${google_certificate_manager_certificate_map.${map}.name}`,
      certificates: [`\${google_certificate_manager_certificate.${certificate}.id}`],
    });
  });

  test("keeps its address: a record that somebody made by hand names it", () => {
    const address = onlyResource(json, "google_compute_global_address");
    expect(address).toMatchObject({ address_type: "EXTERNAL", lifecycle: { prevent_destroy: true } });
    expect(
      onlyResource(synth({ deletionProtection: false }), "google_compute_global_address")["lifecycle"],
    ).toEqual({ prevent_destroy: false });
  });

  test("refuses TLS before 1.2", () => {
    expect(onlyResource(json, "google_compute_ssl_policy")).toMatchObject({
      min_tls_version: "TLS_1_2",
      profile: "MODERN",
    });
  });
});

describe("an endpoint with a DNS zone", () => {
  const json = synth({ dnsZone: "acme-example" });
  const records = Object.values(resources(json, "google_dns_record_set"));

  test("has its certificate proven by a record, before anybody needs it", () => {
    const [authorization] = Object.keys(resources(json, "google_certificate_manager_dns_authorization"));
    const certificate = onlyResource(json, "google_certificate_manager_certificate");
    expect(certificate["managed"]).toEqual({
      dns_authorizations: [`\${google_certificate_manager_dns_authorization.${authorization}.id}`],
      domains: ["flyte.acme.example"],
    });
    expect(certificate["depends_on"]).toEqual([
      expect.stringMatching(/^google_dns_record_set\.endpoint_authorization-record_/),
    ]);
    expect(records[0]!["name"]).toBe(
      `\${google_certificate_manager_dns_authorization.${authorization}.dns_resource_record[0].name}`,
    );
  });

  test("has the host's record follow the address", () => {
    const [address] = Object.keys(resources(json, "google_compute_global_address"));
    expect(records[1]).toEqual({
      managed_zone: "acme-example",
      name: "flyte.acme.example.",
      project: "acme-ml",
      rrdatas: [`\${google_compute_global_address.${address}.address}`],
      ttl: 300,
      type: "A",
    });
  });

  test("may have a zone of another project", () => {
    const elsewhere = synth({ dnsZone: "projects/acme-dns/managedZones/acme-example" });
    for (const record of Object.values(resources(elsewhere, "google_dns_record_set")))
      expect(record).toMatchObject({ project: "acme-dns", managed_zone: "acme-example" });
  });
});

describe("wrong props", () => {
  test.each<[Partial<PublicEndpointProps>, string]>([
    [{ name: "Flyte" }, 'name must be 1 to 63 lower-case letters, digits and hyphens, got "Flyte"'],
    [
      { host: "*.acme.example" },
      'host must be a domain name of at most 64 characters such as "flyte.acme.example", got "*.acme.example"',
    ],
    [
      { host: `${"a".repeat(53)}.acme.example` },
      `host must be a domain name of at most 64 characters such as "flyte.acme.example", got "${"a".repeat(53)}.acme.example"`,
    ],
    [
      { dnsZone: "acme.example" },
      'dnsZone must be the name of a Cloud DNS zone, or "projects/<project>/managedZones/<name>", got "acme.example"',
    ],
  ])("fails on %j", (changes, message) => {
    expect(() => synth(changes)).toThrow(new Error(`test/endpoint has 1 problem:\n- ${message}`));
  });

  test("a host of 64 characters is fine", () => {
    expect(() => synth({ host: `${"a".repeat(51)}.acme.example` })).not.toThrow();
  });
});
