import { internalFrontend } from "../../../../constructs/flyte/gateway/internal-gateway";
import { publicFrontend } from "../../../../constructs/flyte/gateway/public-gateway";
import {
  gatewayObjects,
  type GatewayObjectsProps,
} from "../../../../constructs/flyte/gateway/gateway-objects";

const props: GatewayObjectsProps = {
  namespace: "flyte",
  host: "flyte.acme.example",
  api: { selector: { "app.kubernetes.io/name": "flyte-binary" } },
  addressName: "flyte-prod-public",
  name: "flyte-gateway",
  frontend: publicFrontend("flyte-prod-public"),
  sslPolicy: "flyte-prod-public",
};

// Fields of kinds that the Manifest type leaves open.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Any = any;
const objects = (changes: Partial<GatewayObjectsProps> = {}): Any[] => [
  ...gatewayObjects({ ...props, ...changes }),
];
const only = (kind: string, name?: string, changes?: Partial<GatewayObjectsProps>): Any => {
  const found = objects(changes).filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  expect(found).toHaveLength(1);
  return found[0];
};

test("everything is in Flyte's namespace, and every part that names another names one that is there", () => {
  for (const changes of [{}, { console: { selector: { "app.kubernetes.io/name": "flyteconsole" } } }]) {
    const all = objects(changes);
    expect(new Set(all.map(({ metadata }) => metadata.namespace))).toEqual(new Set(["flyte"]));
    const names = new Set(all.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
    for (const { spec } of all) {
      if (spec.targetRef) expect(names).toContain(`${spec.targetRef.kind} ${spec.targetRef.name}`);
      for (const parent of spec.parentRefs ?? []) expect(names).toContain(`Gateway ${parent.name}`);
      for (const { backendRefs = [] } of spec.rules ?? [])
        for (const { name } of backendRefs) expect(names).toContain(`Service ${name}`);
    }
  }
});

test("the Gateway is Google's global load balancer, with the address and the certificates of the props", () => {
  expect(only("Gateway")).toEqual({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: {
      name: "flyte-gateway",
      namespace: "flyte",
      annotations: { "networking.gke.io/certmap": "flyte-prod-public" },
    },
    spec: {
      gatewayClassName: "gke-l7-global-external-managed",
      addresses: [{ type: "NamedAddress", value: "flyte-prod-public" }],
      listeners: [
        {
          name: "https",
          protocol: "HTTPS",
          port: 443,
          hostname: "flyte.acme.example",
          allowedRoutes: { namespaces: { from: "Same" } },
        },
        {
          name: "http",
          protocol: "HTTP",
          port: 80,
          hostname: "flyte.acme.example",
          allowedRoutes: { namespaces: { from: "Same" } },
        },
      ],
    },
  });
  expect(only("GCPGatewayPolicy").spec.default).toEqual({ sslPolicy: "flyte-prod-public" });
});

test("HTTP is sent to HTTPS, and reaches no backend", () => {
  expect(only("HTTPRoute", "flyte-gateway-redirect").spec).toEqual({
    parentRefs: [{ name: "flyte-gateway", sectionName: "http" }],
    hostnames: ["flyte.acme.example"],
    rules: [
      { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] },
    ],
  });
});

describe("gRPC", () => {
  test("goes to a port that says h2c: HTTP/2 without TLS, which is what Flyte speaks", () => {
    const [http, grpc] = only("Service").spec.ports;
    expect(http).toEqual({ name: "http", port: 8088, targetPort: 8088, protocol: "TCP" });
    expect(grpc).toEqual({
      name: "grpc",
      port: 8089,
      targetPort: 8089,
      protocol: "TCP",
      appProtocol: "kubernetes.io/h2c",
    });
  });

  test("is recognised by the path of each of the six services", () => {
    const [grpc] = only("HTTPRoute", "flyte-gateway-api").spec.rules;
    expect(grpc).toEqual({
      matches: [
        "/flyteidl.service.AdminService",
        "/flyteidl.service.AuthMetadataService",
        "/flyteidl.service.DataProxyService",
        "/flyteidl.service.IdentityService",
        "/flyteidl.service.SignalService",
        "/grpc.health.v1.Health",
      ].map((value) => ({ path: { type: "PathPrefix", value } })),
      backendRefs: [{ name: "flyte-gateway-api", port: 8089 }],
    });
  });
});

describe("the browser", () => {
  const rules = (changes?: Partial<GatewayObjectsProps>) =>
    only("HTTPRoute", "flyte-gateway-api", changes).spec.rules;

  test("gets the console for the bare name, where Flyte itself has nothing", () => {
    expect(rules()[2]).toEqual({
      matches: [{ path: { type: "Exact", value: "/" } }],
      filters: [
        {
          type: "RequestRedirect",
          requestRedirect: {
            path: { type: "ReplaceFullPath", replaceFullPath: "/console" },
            statusCode: 302,
          },
        },
      ],
    });
  });

  test("gets everything else from the HTTP port", () => {
    expect(rules()[3]).toEqual({
      matches: [{ path: { type: "PathPrefix", value: "/" } }],
      backendRefs: [{ name: "flyte-gateway-api", port: 8088 }],
    });
    expect(rules()[1].backendRefs).toEqual([{ name: "flyte-gateway-api", port: 8088 }]);
  });

  test("gets the console from pods of its own, where it has some", () => {
    const console = { selector: { "app.kubernetes.io/name": "flyteconsole" } };
    expect(rules({ console })[1]).toEqual({
      matches: [{ path: { type: "PathPrefix", value: "/console" } }],
      backendRefs: [{ name: "flyte-gateway-console", port: 8080 }],
    });
    expect(only("Service", "flyte-gateway-console", { console }).spec.selector).toEqual(console.selector);
    expect(only("HealthCheckPolicy", "flyte-gateway-console", { console }).spec.default.config).toEqual({
      type: "HTTP",
      httpHealthCheck: { portSpecification: "USE_FIXED_PORT", port: 8080, requestPath: "/console" },
    });
    expect(only("GCPBackendPolicy", "flyte-gateway-console", { console }).spec.default.timeoutSec).toBe(600);
  });
});

describe("the backend", () => {
  test("is healthy when Flyte says so over HTTP, for both of its ports", () => {
    expect(only("HealthCheckPolicy").spec).toMatchObject({
      default: {
        config: {
          type: "HTTP",
          httpHealthCheck: { portSpecification: "USE_FIXED_PORT", port: 8088, requestPath: "/healthcheck" },
        },
      },
      targetRef: { group: "", kind: "Service", name: "flyte-gateway-api" },
    });
  });

  test("has ten minutes to answer, and every request is logged", () => {
    expect(only("GCPBackendPolicy").spec.default).toEqual({
      timeoutSec: 600,
      connectionDraining: { drainingTimeoutSec: 30 },
      logging: { enabled: true, sampleRate: 1_000_000 },
    });
  });

  test("is behind Cloud Armor where a policy is named", () => {
    const policy = only("GCPBackendPolicy", undefined, { cloudArmorPolicy: "flyte-armor" });
    expect(policy.spec.default.securityPolicy).toBe("flyte-armor");
  });
});

describe("on the network", () => {
  const internal: Partial<GatewayObjectsProps> = {
    name: "flyte-internal-gateway",
    frontend: internalFrontend("flyte-prod-internal-https"),
    addressName: "flyte-prod-internal-https",
  };

  test("the Gateway is Google's regional internal load balancer, with a regional certificate: it takes no map", () => {
    const { metadata, spec } = only("Gateway", undefined, internal);
    expect(metadata).toEqual({ name: "flyte-internal-gateway", namespace: "flyte" });
    expect(spec.gatewayClassName).toBe("gke-l7-rilb");
    expect(spec.listeners[0]).toEqual({
      name: "https",
      protocol: "HTTPS",
      port: 443,
      hostname: "flyte.acme.example",
      tls: {
        mode: "Terminate",
        options: { "networking.gke.io/cert-manager-certs": "flyte-prod-internal-https" },
      },
      allowedRoutes: { namespaces: { from: "Same" } },
    });
    expect(spec.listeners[1].tls).toBeUndefined();
  });

  test("clients of other regions and behind a VPN reach it, by no TLS older than the policy's", () => {
    expect(only("GCPGatewayPolicy", undefined, internal).spec.default).toEqual({
      sslPolicy: "flyte-prod-public",
      allowGlobalAccess: true,
    });
  });

  test("the same routes lead to the same pods, under names of its own", () => {
    const routes = (changes?: Partial<GatewayObjectsProps>) =>
      objects(changes).filter(({ kind }) => kind === "HTTPRoute" || kind === "Service");
    const renamed = JSON.parse(
      JSON.stringify(routes()).replaceAll("flyte-gateway", "flyte-internal-gateway"),
    ) as Any[];
    expect(routes(internal)).toEqual(renamed);
  });
});
