import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { gatewayObjects } from "../../../../constructs/flyte/gateway/gateway-objects";
import {
  internalFrontend,
  InternalGateway,
  type InternalGatewayProps,
} from "../../../../constructs/flyte/gateway/internal-gateway";
import { onlyResource, synthStack } from "../../../support/synth";

const props: InternalGatewayProps = {
  project: "acme-ml",
  region: "us-central1",
  name: "flyte-prod-internal-https",
  subnetwork: "projects/acme-ml/regions/us-central1/subnetworks/flyte-prod-subnet",
  host: "flyte.corp.acme.example",
  certificateZone: "acme-example",
  namespace: "flyte",
  api: { selector: { app: "flyte" } },
  manifestChart: "assets/manifests",
};

const synth = (changes: Partial<InternalGatewayProps> = {}) =>
  synthStack((stack) => {
    new GoogleProvider(stack, "google");
    new HelmProvider(stack, "helm");
    new InternalGateway(stack, "internal", { ...props, ...changes });
  });

describe("Flyte on the network with sign-in", () => {
  const release = onlyResource(synth(), "helm_release");

  test("is a release of its own, not the one of a public Flyte: between modes one comes before the other goes", () => {
    expect(release).toMatchObject({ name: "flyte-internal-gateway", namespace: "flyte" });
    expect(JSON.parse(release["values"][0]).manifests).toEqual(
      gatewayObjects({
        ...props,
        name: "flyte-internal-gateway",
        frontend: internalFrontend("flyte-prod-internal-https"),
        addressName: "flyte-prod-internal-https",
        sslPolicy: "flyte-prod-internal-https",
      }),
    );
  });

  test("waits for everything that it names, and for the certificate's proof", () => {
    const types = (release["depends_on"] as string[]).map((address) => address.split(".")[0]);
    expect(types.sort()).toEqual([
      "google_certificate_manager_certificate",
      "google_compute_address",
      "google_compute_region_ssl_policy",
      "google_dns_record_set",
    ]);
  });

  test("names a certificate that is there already, where there is one", () => {
    const own = onlyResource(synth({ certificate: "corp", certificateZone: undefined }), "helm_release");
    expect(own["values"][0]).toContain('"networking.gke.io/cert-manager-certs":"corp"');
  });
});
