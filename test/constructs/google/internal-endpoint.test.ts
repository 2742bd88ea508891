import { InternalEndpoint, type InternalEndpointProps } from "../../../constructs/google/internal-endpoint";
import { onlyResource } from "../../support/synth";
import { seen, synthGoogleStack } from "./google-stack";

const props: InternalEndpointProps = {
  project: "acme-ml",
  region: "us-central1",
  name: "flyte-prod-internal",
  subnetwork: "projects/acme-ml/regions/us-central1/subnetworks/flyte-prod-subnet",
  host: "flyte.corp.acme.example",
  dnsZone: "corp",
};
const synth = (changes: Partial<InternalEndpointProps> = {}) =>
  synthGoogleStack((stack) => new InternalEndpoint(stack, "internal", { ...props, ...changes }));

describe("an internal endpoint", () => {
  test("is an address of the nodes' subnet, and a record that follows it", () => {
    const json = synth();
    expect(onlyResource(json, "google_compute_address")).toEqual({
      address_type: "INTERNAL",
      name: "flyte-prod-internal",
      project: "acme-ml",
      region: "us-central1",
      subnetwork: props.subnetwork,
    });
    expect(onlyResource(json, "google_dns_record_set")).toEqual({
      managed_zone: "corp",
      name: "flyte.corp.acme.example.",
      project: "acme-ml",
      rrdatas: ["${google_compute_address.internal.address}"],
      ttl: 300,
      type: "A",
    });
  });

  test("hands out the address, and lets others wait for both", () => {
    const { ready, attributes } = seen((stack) => new InternalEndpoint(stack, "internal", props), "address");
    expect(attributes.address).toBe("${google_compute_address.internal.address}");
    expect(ready.map((address) => address.split(".")[0])).toEqual([
      "google_compute_address",
      "google_dns_record_set",
    ]);
  });

  test.each<[Partial<InternalEndpointProps>, string]>([
    [{ host: "flyte" }, 'host must be a domain name such as "flyte.corp.acme.example", got "flyte"'],
    [
      { dnsZone: "corp.acme" },
      'dnsZone must be the name of a Cloud DNS zone, or "projects/<project>/managedZones/<name>", got "corp.acme"',
    ],
  ])("fails on %j", (changes, message) => {
    expect(() => synth(changes)).toThrow(new Error(`test/internal has 1 problem:\n- ${message}`));
  });
});
