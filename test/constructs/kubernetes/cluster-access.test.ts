import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { ClusterAccess } from "../../../constructs/kubernetes/cluster-access";
import { synthStack } from "../../support/synth";

const props = { project: "acme-ml", location: "europe-west4", cluster: "flyte-dev" };
const access = (dnsEndpoint?: boolean) =>
  synthStack((stack) => {
    new GoogleProvider(stack, "google");
    new ClusterAccess(stack, "access", { ...props, dnsEndpoint });
  });
const cluster = "data.google_container_cluster.access_cluster_45D8E22E";
const token = "${ephemeral.google_client_config.access_client_8A6A990F.access_token}";

describe("access to a cluster", () => {
  test("finds it by name", () => {
    expect(Object.values(access().data!["google_container_cluster"]!)).toEqual([
      { project: "acme-ml", location: "europe-west4", name: "flyte-dev" },
    ]);
  });

  test("goes through the DNS endpoint, whose certificate every machine trusts", () => {
    const host = `https://\${${cluster}.control_plane_endpoints_config[0].dns_endpoint_config[0].endpoint}`;
    expect(access().provider).toMatchObject({
      kubernetes: [{ host, token }],
      helm: [{ kubernetes: { host, token } }],
    });
  });

  test("goes to the IP endpoint, with the cluster's own CA, where there is no DNS endpoint", () => {
    const connection = {
      host: `https://\${${cluster}.endpoint}`,
      cluster_ca_certificate: `\${base64decode(${cluster}.master_auth[0].cluster_ca_certificate)}`,
      token,
    };
    expect(access(false).provider).toMatchObject({
      kubernetes: [connection],
      helm: [{ kubernetes: connection }],
    });
  });

  test("signs in with a token that no state keeps", () => {
    const json = access();
    expect(json.ephemeral).toEqual({ google_client_config: { access_client_8A6A990F: {} } });
    expect(Object.keys(json.data!)).toEqual(["google_container_cluster"]);
  });
});
