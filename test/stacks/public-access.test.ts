import { least, open } from "../../examples/public-access/public";
import { defineEnvironments } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { buildApp } from "../../src/app";
import { type Attributes, resources, type StackJson, synthesise } from "../support/synth";

const synth = (config: EnvironmentConfig): Record<string, StackJson> =>
  synthesise((outdir) => buildApp(defineEnvironments([config]).environments, { outdir }));

const release = (stack: StackJson, name: string): Attributes =>
  Object.values(resources(stack, "helm_release")).find((found) => found["name"] === name)!;
const valuesOf = (stack: StackJson, name: string) => JSON.parse(release(stack, name)["values"][0]);
const outputs = (stack: StackJson) =>
  Object.fromEntries(Object.entries(stack.output ?? {}).map(([name, { value }]) => [name, value]));

describe("an environment that says nothing but a host and an OIDC client", () => {
  const stacks = synth(least);
  const platform = stacks["least-platform"]!;

  test("has a place for the client's secret, and tells how to fill it", () => {
    const data = stacks["least-data"]!;
    const secrets = Object.values(resources(data, "google_secret_manager_secret"));
    expect(secrets.map((secret) => secret["secret_id"])).toContain("flyte-least-oidc-client");
    expect(outputs(data)["oidc_client_secret_command"]).toMatch(
      /gcloud secrets versions add flyte-least-oidc-client --project acme-ml-least --data-file=-$/,
    );
  });

  test("has Flyte wait for the Secret that it mounts", () => {
    const [id, secret] = Object.entries(resources(platform, "kubernetes_secret_v1"))[0]!;
    expect(release(platform, "flyte")["depends_on"]).toContain(`kubernetes_secret_v1.${id}`);
    const { auth, inlineSecretRef } = valuesOf(platform, "flyte").configuration;
    expect([secret["metadata"].name, secret["metadata"].namespace]).toEqual([inlineSecretRef, "flyte"]);
    expect(auth.clientSecretsExternalSecretRef).toBe(inlineSecretRef);
  });

  test("has a Gateway in front of the pods of the chart", () => {
    const { manifests } = valuesOf(platform, "flyte-gateway") as { manifests: Attributes[] };
    const service = manifests.find(({ kind }) => kind === "Service")!;
    expect(service["spec"].selector).toEqual({
      "app.kubernetes.io/name": "flyte-binary",
      "app.kubernetes.io/instance": release(platform, "flyte")["name"],
      "app.kubernetes.io/component": "flyte-binary",
    });
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      "GCPBackendPolicy",
      "GCPGatewayPolicy",
      "Gateway",
      "HTTPRoute",
      "HTTPRoute",
      "HealthCheckPolicy",
      "Service",
    ]);
  });

  test("says what to point the name at, and what to tell the identity provider and clients", () => {
    expect(outputs(platform)).toMatchObject({
      flyte_address: expect.stringMatching(/^\$\{google_compute_global_address\..*\.address\}$/),
      flyte_redirect_uri: "https://flyte.least.acme.example/callback",
      flyte_console: "https://flyte.least.acme.example/console",
      flyte_client_config:
        "admin:\n  endpoint: dns:///flyte.least.acme.example\n  authType: Pkce\n  insecure: false\n",
    });
  });

  test("makes no DNS record: there is no zone", () => {
    expect(resources(platform, "google_dns_record_set")).toEqual({});
  });
});

describe("an environment with everything", () => {
  const platform = synth(open)["open-platform"]!;

  test("has the console's own pods behind the same name", () => {
    const { manifests } = valuesOf(platform, "flyte-gateway") as { manifests: Attributes[] };
    const selectors = manifests.filter(({ kind }) => kind === "Service").map(({ spec }) => spec.selector);
    expect(selectors).toEqual([
      { "app.kubernetes.io/name": "flyteadmin", "app.kubernetes.io/instance": "flyte" },
      { "app.kubernetes.io/name": "flyteconsole", "app.kubernetes.io/instance": "flyte" },
    ]);
  });

  test("has two records: the proof for the certificate, and the host's", () => {
    const names = Object.values(resources(platform, "google_dns_record_set")).map(({ name }) => name);
    expect(names).toHaveLength(2);
    expect(names).toContain("flyte.acme.example.");
  });

  test("lets in what the parts of topology core need, and nothing looser", () => {
    expect(
      resources(platform, "kubernetes_namespace_v1")["flyte-namespace"]!["metadata"].labels,
    ).toMatchObject({
      "pod-security.kubernetes.io/enforce": "baseline",
    });
    const { manifests } = valuesOf(platform, "network-policies") as { manifests: Attributes[] };
    const flyte = manifests.find(({ metadata }) => metadata.namespace === "flyte")!;
    expect(JSON.stringify(flyte["spec"].ingress)).toContain("35.191.0.0/16");
  });

  test("gives each part an identity, and the API the one that signs", () => {
    const accounts = Object.values(resources(platform, "google_service_account")).map(
      (found) => found["account_id"],
    );
    expect(accounts.sort()).toEqual([
      "flyte-open-backend",
      "flyte-open-catalog",
      "flyte-open-propeller",
      "flyte-open-scheduler",
    ]);
  });
});

test("an environment that is not public has none of it", () => {
  const closed = synth({ ...least, name: "closed", flyte: {} });
  const text = JSON.stringify(closed);
  expect(text).not.toMatch(/certificate_manager_|compute_global_address\.public|flyte-gateway|oidc/);
  expect(
    Object.keys((closed["closed-platform"] as Attributes)["terraform"].required_providers),
  ).not.toContain("random");
});
