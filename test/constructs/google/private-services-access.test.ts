import {
  PrivateServicesAccess,
  type PrivateServicesAccessProps,
} from "../../../constructs/google/private-services-access";
import { synthGoogleStack, waiting } from "./google-stack";
import { onlyResource } from "../../support/synth";

const minimal: PrivateServicesAccessProps = {
  project: "acme-dev",
  network: "projects/acme-dev/global/networks/flyte-dev-network",
  rangeName: "flyte-dev-private-services",
  cidr: "10.9.0.0/20",
  labels: { environment: "dev" },
};

const synth = (props: Partial<PrivateServicesAccessProps> = {}) =>
  synthGoogleStack((stack) => void new PrivateServicesAccess(stack, "access", { ...minimal, ...props }));

describe("private services access", () => {
  test("reserves exactly the range that was given", () => {
    expect(onlyResource(synth(), "google_compute_global_address")).toMatchObject({
      name: "flyte-dev-private-services",
      purpose: "VPC_PEERING",
      address_type: "INTERNAL",
      address: "10.9.0.0",
      prefix_length: 20,
      network: "projects/acme-dev/global/networks/flyte-dev-network",
      labels: { environment: "dev" },
    });
  });

  test("connects the range, takes over a left connection, and removes its peering in the end", () => {
    expect(onlyResource(synth(), "google_service_networking_connection")).toMatchObject({
      service: "servicenetworking.googleapis.com",
      reserved_peering_ranges: [
        expect.stringMatching(/^\$\{google_compute_global_address\.access_range_\w+\.name\}$/),
      ],
      update_on_creation_fail: true,
      deletion_policy: "REMOVE_PEERING",
    });
  });

  test.each([
    [undefined, true],
    [true, true],
    [false, false],
  ])("refuses to go, with deletionProtection %s: %s", (deletionProtection, preventDestroy) => {
    const stack = synth({ deletionProtection });
    for (const type of ["google_compute_global_address", "google_service_networking_connection"])
      expect(onlyResource(stack, type).lifecycle).toEqual({ prevent_destroy: preventDestroy });
  });

  test("waits, with the connection behind the range, for what it is told to wait for", () => {
    expect(
      waiting((stack, dependsOn) => void new PrivateServicesAccess(stack, "it", { ...minimal, dependsOn })),
    ).toEqual(["google_compute_global_address"]);
  });

  test.each([
    ["10.9.0.0/24", undefined],
    ["10.9.0.0/25", 'cidr must be between a /8 and a /24, got "10.9.0.0/25"'],
    ["10.0.0.0/7", 'cidr must be between a /8 and a /24, got "10.0.0.0/7"'],
    ["10.9.0.1/24", 'cidr must be an IPv4 range such as "10.0.0.0/20", got "10.9.0.1/24"'],
  ])("judges the range %s", (cidr, problem) => {
    const build = () => synth({ cidr });
    if (problem === undefined) expect(build).not.toThrow();
    else expect(build).toThrow(new Error(`test/access has 1 problem:\n- ${problem}`));
  });
});
