import { flyteBinaryValues, type FlyteBinaryProps } from "../../../../constructs/flyte/binary/binary-values";
import { minimalProps, publicAccess } from "../props";
import type { Attributes } from "../../../support/synth";

const valuesOf = (changes: Partial<FlyteBinaryProps> = {}) =>
  flyteBinaryValues({ ...minimalProps, ...changes }) as Attributes;
const values = valuesOf();

/** From every region of the network, and from what is connected to it. */
const reachable = {
  "networking.gke.io/load-balancer-type": "Internal",
  "networking.gke.io/internal-load-balancer-allow-global-access": "true",
};

describe("access", () => {
  test("by port-forward is the default: no address outside of the cluster, a Service for each port", () => {
    expect(values.service).toEqual({ type: "ClusterIP" });
    expect(values.ingress).toEqual({ create: false, separateGrpcIngress: true });
    expect(valuesOf({ access: { mode: "port-forward" } })).toEqual(values);
  });

  test("internal is one internal load balancer with both ports", () => {
    const internal = valuesOf({ access: { mode: "internal" } });
    expect(internal.service).toEqual({
      type: "LoadBalancer",
      commonAnnotations: reachable,
    });
    expect(internal.ingress).toEqual({ create: false, separateGrpcIngress: false });
  });
});

test("an internal load balancer keeps a reserved address", () => {
  const internal = valuesOf({ access: { mode: "internal" }, internalAddress: "10.16.0.9" });
  expect(internal.service.loadBalancerIP).toBe("10.16.0.9");
  expect(internal.service.commonAnnotations).toEqual(reachable);
});

test("internal access with sign-in is a Gateway's as well: values as those of public access, but for nothing", () => {
  const { host, oidc } = publicAccess;
  expect(valuesOf({ access: { mode: "internal", host, oidc } })).toEqual(valuesOf({ access: publicAccess }));
});

describe("public access", () => {
  const open = valuesOf({ access: publicAccess });

  test("opens no Service of the chart's: the Gateway has its own", () => {
    expect(open.service).toEqual({ type: "ClusterIP" });
    expect(open.ingress).toEqual({ create: false, separateGrpcIngress: true });
  });

  test("switches sign-in on, with no secret among the values", () => {
    expect(open.configuration.auth).toEqual({
      enabled: true,
      enableAuthServer: true,
      oidc: { baseUrl: "https://accounts.google.com", clientId: "flyte" },
      internal: { clientId: "flytepropeller" },
      authorizedUris: ["https://flyte.acme.example"],
      clientSecretsExternalSecretRef: "flyte-secret-auth",
    });
    expect(open.configuration.inlineSecretRef).toBe("flyte-secret-auth");
  });

  test("lets the engine get its token in its own pod, without DNS, certificate and load balancer", () => {
    expect(open.configuration.inline.admin).toMatchObject({ tokenUrl: "http://localhost:8088/oauth2/token" });
  });

  test("makes a new pod of a new version of the secret", () => {
    const next = { ...publicAccess, oidc: { ...publicAccess.oidc, clientSecretVersion: 2 } };
    expect(open.deployment.podAnnotations["flyte/sign-in-version"]).toBe("1");
    expect(valuesOf({ access: next }).deployment.podAnnotations["flyte/sign-in-version"]).toBe("2");
  });
});
