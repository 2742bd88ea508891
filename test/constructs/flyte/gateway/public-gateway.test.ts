import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { gatewayObjects } from "../../../../constructs/flyte/gateway/gateway-objects";
import {
  publicFrontend,
  PublicGateway,
  type PublicGatewayProps,
} from "../../../../constructs/flyte/gateway/public-gateway";
import { onlyResource, resources, synthStack } from "../../../support/synth";

const props: PublicGatewayProps = {
  project: "acme-ml",
  name: "flyte-prod-public",
  host: "flyte.acme.example",
  namespace: "flyte",
  api: { selector: { app: "flyte" } },
  manifestChart: "assets/manifests",
};

const synth = (changes: Partial<PublicGatewayProps> = {}) =>
  synthStack((stack) => {
    new GoogleProvider(stack, "google");
    new HelmProvider(stack, "helm");
    new PublicGateway(stack, "public", { ...props, ...changes });
  });

describe("Flyte on the internet", () => {
  const json = synth();
  const release = onlyResource(json, "helm_release");

  test("is a release of its own: its kinds exist on GKE only", () => {
    expect(release).toMatchObject({ name: "flyte-gateway", namespace: "flyte" });
    expect(JSON.parse(release["values"][0]).manifests).toEqual(
      gatewayObjects({
        ...props,
        addressName: "flyte-prod-public",
        name: "flyte-gateway",
        frontend: publicFrontend("flyte-prod-public"),
        sslPolicy: "flyte-prod-public",
      }),
    );
  });

  test("waits for the address, the certificate and the TLS policy that it names", () => {
    const types = (release["depends_on"] as string[]).map((address) => address.split(".")[0]);
    expect(types.sort()).toEqual([
      "google_certificate_manager_certificate_map_entry",
      "google_compute_global_address",
      "google_compute_ssl_policy",
    ]);
    for (const type of types) expect(Object.keys(resources(json, type!))).toHaveLength(1);
  });

  test("fails for a Cloud Armor policy that is no name", () => {
    expect(() => synth({ cloudArmorPolicy: "projects/x/global/securityPolicies/y" })).toThrow(
      new Error(
        'test/public has 1 problem:\n- cloudArmorPolicy must be the name of a security policy of this project, got "projects/x/global/securityPolicies/y"',
      ),
    );
  });
});
