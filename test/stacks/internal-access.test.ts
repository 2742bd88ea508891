import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { prod } from "../support/environments/prod";
import { type Attributes, resources, type StackJson, synthesise } from "../support/synth";

const synth = (config: EnvironmentConfig): Record<string, StackJson> =>
  synthesise((outdir) => buildApp(defineEnvironments([config]).environments, { outdir }));
const stacks = synth(prod);
const platform = stacks["prod-platform"]!;

const release = (stack: StackJson, name: string): Attributes =>
  Object.values(resources(stack, "helm_release")).find((found) => found["name"] === name)!;
const valuesOf = (stack: StackJson, name: string) => JSON.parse(release(stack, name)["values"][0]);
const outputs = (stack: StackJson) =>
  Object.fromEntries(Object.entries(stack.output ?? {}).map(([name, { value }]) => [name, value]));

describe("an internal Flyte with sign-in", () => {
  test("asks everybody who they are: no Service of the chart's lets anybody past", () => {
    const { configuration, service } = valuesOf(platform, "flyte");
    expect(configuration.auth).toMatchObject({
      enabled: true,
      authorizedUris: ["https://flyte.corp.acme.example"],
    });
    expect(service).toEqual({ type: "ClusterIP" });
  });

  test("has its client's secret from the place that the data stack makes", () => {
    const secrets = Object.values(resources(stacks["prod-data"]!, "google_secret_manager_secret"));
    expect(secrets.map((secret) => secret["secret_id"])).toContain("flyte-prod-oidc-client");
    expect(release(platform, "flyte")["depends_on"]).toContain("kubernetes_secret_v1.sign-in");
  });

  test("stands behind a load balancer whose proxies have the subnet that pods are told of", () => {
    const proxies = Object.values(resources(stacks["prod-foundation"]!, "google_compute_subnetwork")).filter(
      ({ purpose }) => purpose === "REGIONAL_MANAGED_PROXY",
    );
    expect(proxies.map((subnet) => subnet["ip_cidr_range"])).toEqual(["10.32.48.0/23"]);
    const { manifests } = valuesOf(platform, "network-policies") as { manifests: Attributes[] };
    const flyte = manifests.find(({ metadata }) => metadata.namespace === "flyte")!;
    expect(JSON.stringify(flyte["spec"].ingress)).toContain("10.32.48.0/23");
  });

  test("has its name in the private zone, and in the public one only the proof of its certificate", () => {
    const records = Object.values(resources(platform, "google_dns_record_set"));
    expect(records.map(({ managed_zone: zone, type }) => [zone, type])).toEqual([
      ["acme-example", expect.stringContaining("dns_resource_record")],
      ["corp-acme-example", "A"],
    ]);
  });

  test("says what the identity provider and clients must know", () => {
    expect(outputs(platform)).toMatchObject({
      flyte_redirect_uri: "https://flyte.corp.acme.example/callback",
      flyte_client_config:
        "admin:\n  endpoint: dns:///flyte.corp.acme.example\n  authType: Pkce\n  insecure: false\n",
      flyte_certificate_record: expect.stringContaining("dns_resource_record"),
    });
  });

  test("takes a certificate of the company's own, and then needs no proof", () => {
    const host = "flyte.corp.acme.example";
    const oidc = { baseUrl: "https://idp.acme.example", clientId: "flyte" };
    const own = synth({
      ...prod,
      flyte: { access: { mode: "internal", host, oidc, certificate: "corp" } },
    })["prod-platform"]!;
    expect(resources(own, "google_certificate_manager_certificate")).toEqual({});
    expect(JSON.stringify(valuesOf(own, "flyte-internal-gateway"))).toContain('cert-manager-certs":"corp"');
    expect(outputs(own)).not.toHaveProperty("flyte_certificate_record");
  });
});

test("an internal Flyte without sign-in stays as it was: one plain load balancer, open to the whole network", () => {
  const open = synth({ ...prod, flyte: { access: { mode: "internal" } } })["prod-platform"]!;
  expect(valuesOf(open, "flyte").service.type).toBe("LoadBalancer");
  expect(release(open, "flyte-internal-gateway")).toBeUndefined();
  const { manifests } = valuesOf(open, "network-policies") as { manifests: Attributes[] };
  const flyte = manifests.find(({ metadata }) => metadata.namespace === "flyte")!;
  // The range is stated, and no proxy comes from it: naming it would keep everybody out.
  expect(JSON.stringify(flyte["spec"])).not.toContain("10.32.48.0/23");
});
