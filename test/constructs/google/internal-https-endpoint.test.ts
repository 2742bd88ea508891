import {
  InternalHttpsEndpoint,
  type InternalHttpsEndpointProps,
} from "../../../constructs/google/internal-https-endpoint";
import { addresses, onlyResource, resources } from "../../support/synth";
import { seen, synthGoogleStack } from "./google-stack";

const props: InternalHttpsEndpointProps = {
  project: "acme-ml",
  region: "us-central1",
  name: "flyte-prod-internal-https",
  subnetwork: "projects/acme-ml/regions/us-central1/subnetworks/flyte-prod-subnet",
  host: "flyte.corp.acme.example",
};
const synth = (changes: Partial<InternalHttpsEndpointProps> = {}) =>
  synthGoogleStack((stack) => new InternalHttpsEndpoint(stack, "internal", { ...props, ...changes }));
const zones = { dnsZone: "corp", certificateZone: "projects/acme-dns/managedZones/acme" };

describe("an internal endpoint for HTTPS", () => {
  test("is an address that HTTPS and HTTP share", () => {
    expect(onlyResource(synth(), "google_compute_address")).toEqual({
      address_type: "INTERNAL",
      purpose: "SHARED_LOADBALANCER_VIP",
      name: "flyte-prod-internal-https",
      project: "acme-ml",
      region: "us-central1",
      subnetwork: props.subnetwork,
    });
  });

  test("has a certificate of the load balancer's region, proven by a record: a global one it cannot take", () => {
    const json = synth(zones);
    const [authorization] = Object.keys(resources(json, "google_certificate_manager_dns_authorization"));
    expect(onlyResource(json, "google_certificate_manager_dns_authorization")).toMatchObject({
      domain: "flyte.corp.acme.example",
      location: "us-central1",
      type: "PER_PROJECT_RECORD",
    });
    expect(onlyResource(json, "google_certificate_manager_certificate")).toMatchObject({
      location: "us-central1",
      managed: {
        domains: ["flyte.corp.acme.example"],
        dns_authorizations: [`\${google_certificate_manager_dns_authorization.${authorization}.id}`],
      },
      depends_on: [expect.stringMatching(/^google_dns_record_set\.internal_authorization-record_/)],
    });
    expect(onlyResource(json, "google_compute_region_ssl_policy")).toMatchObject({
      region: "us-central1",
      profile: "MODERN",
      min_tls_version: "TLS_1_2",
    });
  });

  test("keeps the host in the private zone, and only its proof in the public one", () => {
    const records = Object.values(resources(synth(zones), "google_dns_record_set"));
    expect(records.map(({ managed_zone: zone, project, type }) => [zone, project, type])).toEqual([
      ["acme", "acme-dns", expect.stringMatching(/dns_resource_record\[0\]\.type/)],
      ["corp", "acme-ml", "A"],
    ]);
  });

  test("without zones makes no record, and says which one proves the certificate", () => {
    const { attributes } = seen(
      (stack) => new InternalHttpsEndpoint(stack, "internal", props) as never,
      "proof",
    );
    expect(attributes.proof).toMatch(/^\$\{join\(" ", \[.*\.name, .*\.type, .*\.data\]\)\}$/);
    expect(addresses(synth()).filter((address) => address.includes("dns_record_set"))).toEqual([]);
  });

  test("with a certificate that is there already makes none", () => {
    const names: unknown[] = [];
    const json = synthGoogleStack((stack) => {
      const endpoint = new InternalHttpsEndpoint(stack, "internal", { ...props, certificate: "corp" });
      names.push(endpoint.certificate, endpoint.proof);
    });
    expect(names).toEqual(["corp", undefined]);
    expect(addresses(json).filter((address) => address.includes("certificate_manager"))).toEqual([]);
  });

  test("fails for all that is wrong at once", () => {
    const wrong = { name: "A", host: "flyte", dnsZone: "a.b", certificateZone: "c.d", certificate: "corp" };
    expect(() => synth(wrong)).toThrow(
      new Error(
        [
          "test/internal has 5 problems:",
          '- name must be 1 to 63 lower-case letters, digits and hyphens, got "A"',
          '- host must be a domain name of at most 64 characters such as "flyte.corp.acme.example", got "flyte"',
          '- dnsZone must be the name of a Cloud DNS zone, or "projects/<project>/managedZones/<name>", got "a.b"',
          '- certificateZone must be the name of a Cloud DNS zone, or "projects/<project>/managedZones/<name>", got "c.d"',
          "- certificateZone must be left out with certificate: one that is there already needs no proof",
        ].join("\n"),
      ),
    );
  });
});
