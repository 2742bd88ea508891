import { CONSOLE_PORT, GRPC_PORT } from "../access";
import type { Labels, Manifest } from "../../kubernetes/manifest";

/** Pods that answer. */
export interface Backend {
  /** Labels of the pods. */
  readonly selector: Readonly<Record<string, string>>;
}

/** What differs between a load balancer on the internet and one on the network, in Gateway's own words. */
export interface Frontend {
  readonly gatewayClassName: string;

  /** Annotations of the Gateway. @default none */
  readonly annotations?: Labels;

  /** `tls` of the listener for HTTPS. @default none: the annotations name the certificate */
  readonly tls?: object;

  /** What the Gateway's policy says beside the SSL policy. @default nothing */
  readonly policy?: object;
}

export interface GatewayObjectsProps {
  readonly namespace: string;

  /** Name of the Gateway; Services, routes and policies have names that begin so. */
  readonly name: string;

  readonly frontend: Frontend;

  /** Name that people type. */
  readonly host: string;

  /** Pods that serve Flyte's API, on 8088 (HTTP) and 8089 (gRPC without encryption). */
  readonly api: Backend;

  /**
   * Pods that serve the console on 8080, where it has pods of its own.
   *
   * @default - the API's pods serve it
   */
  readonly console?: Backend;

  /** Name of the reserved address. */
  readonly addressName: string;

  /** Name of the SSL policy. */
  readonly sslPolicy: string;

  /**
   * Name of a Cloud Armor policy, in the same project, that judges each request.
   *
   * @default - none
   */
  readonly cloudArmorPolicy?: string;
}

/** Each gRPC service of Flyte, by the path that its calls have. Everything else is HTTP. */
export const GRPC_SERVICES: readonly string[] = [
  "/flyteidl.service.AdminService",
  "/flyteidl.service.AuthMetadataService",
  "/flyteidl.service.DataProxyService",
  "/flyteidl.service.IdentityService",
  "/flyteidl.service.SignalService",
  "/grpc.health.v1.Health",
];

const CONSOLE_POD_PORT = 8080;

/** Longer than the load balancer's own 30 s, which cuts off what takes longer: registration of a large workflow. */
const BACKEND_TIMEOUT_SECONDS = 600;

/** A Gateway for Flyte, with what GKE needs to know about its backends. Kinds that only GKE serves. */
export function gatewayObjects(props: GatewayObjectsProps): readonly Manifest[] {
  const api = apiName(props);
  const objects = [
    apiService(api, props.api),
    healthCheck(api, "/healthcheck", CONSOLE_PORT),
    backendPolicy(api, props),
    ...(props.console ? consoleBackend(props.console, props) : []),
    gateway(props),
    gatewayPolicy(props),
    redirectToHttps(props),
    apiRoute(props),
  ];
  return objects.map((object) => ({
    ...object,
    metadata: { ...object.metadata, namespace: props.namespace },
  }));
}

const apiName = ({ name }: GatewayObjectsProps): string => `${name}-api`;
const consoleName = ({ name }: GatewayObjectsProps): string => `${name}-console`;

/**
 * A Service of our own: the charts' have no `appProtocol`, and without it the load balancer speaks HTTP/1.1 to the
 * gRPC port. GKE's `HTTP2` would not do either, it means TLS; `h2c` is HTTP/2 without.
 */
function apiService(name: string, { selector }: Backend): Manifest {
  return service(name, selector, [
    { name: "http", port: CONSOLE_PORT, targetPort: CONSOLE_PORT, protocol: "TCP" },
    {
      name: "grpc",
      port: GRPC_PORT,
      targetPort: GRPC_PORT,
      protocol: "TCP",
      appProtocol: "kubernetes.io/h2c",
    },
  ]);
}

function consoleBackend({ selector }: Backend, props: GatewayObjectsProps): Manifest[] {
  const port = { name: "http", port: CONSOLE_POD_PORT, targetPort: CONSOLE_POD_PORT, protocol: "TCP" };
  const name = consoleName(props);
  return [
    service(name, selector, [port]),
    healthCheck(name, "/console", CONSOLE_POD_PORT),
    backendPolicy(name, props),
  ];
}

function service(name: string, selector: Backend["selector"], ports: readonly object[]): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { type: "ClusterIP", selector, ports },
  };
}

/** GKE asks `/` on the backend's own port by default: Flyte has nothing there, and gRPC's port speaks no HTTP/1.1. */
function healthCheck(target: string, requestPath: string, port: number): Manifest {
  return {
    apiVersion: "networking.gke.io/v1",
    kind: "HealthCheckPolicy",
    metadata: { name: target },
    spec: {
      default: {
        checkIntervalSec: 10,
        timeoutSec: 5,
        healthyThreshold: 1,
        unhealthyThreshold: 3,
        config: {
          type: "HTTP",
          httpHealthCheck: { portSpecification: "USE_FIXED_PORT", port, requestPath },
        },
      },
      targetRef: { group: "", kind: "Service", name: target },
    },
  };
}

function backendPolicy(target: string, { cloudArmorPolicy }: GatewayObjectsProps): Manifest {
  return {
    apiVersion: "networking.gke.io/v1",
    kind: "GCPBackendPolicy",
    metadata: { name: target },
    spec: {
      default: {
        timeoutSec: BACKEND_TIMEOUT_SECONDS,
        connectionDraining: { drainingTimeoutSec: 30 },
        // Every request: who came to a public API is asked after an incident.
        logging: { enabled: true, sampleRate: 1_000_000 },
        ...(cloudArmorPolicy !== undefined && { securityPolicy: cloudArmorPolicy }),
      },
      targetRef: { group: "", kind: "Service", name: target },
    },
  };
}

function gateway({ name, host, addressName, frontend }: GatewayObjectsProps): Manifest {
  const { gatewayClassName, annotations, tls } = frontend;
  const listener = { hostname: host, allowedRoutes: { namespaces: { from: "Same" } } };
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name, ...(annotations && { annotations }) },
    spec: {
      gatewayClassName,
      addresses: [{ type: "NamedAddress", value: addressName }],
      listeners: [
        { name: "https", protocol: "HTTPS", port: 443, ...(tls && { tls }), ...listener },
        { name: "http", protocol: "HTTP", port: 80, ...listener },
      ],
    },
  };
}

function gatewayPolicy({ name, sslPolicy, frontend }: GatewayObjectsProps): Manifest {
  return {
    apiVersion: "networking.gke.io/v1",
    kind: "GCPGatewayPolicy",
    metadata: { name },
    spec: {
      default: { sslPolicy, ...frontend.policy },
      targetRef: { group: "gateway.networking.k8s.io", kind: "Gateway", name },
    },
  };
}

function redirectToHttps(props: GatewayObjectsProps): Manifest {
  return route(`${props.name}-redirect`, "http", props, [
    { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] },
  ]);
}

/** GKE takes the most specific match, whatever the order. */
function apiRoute(props: GatewayObjectsProps): Manifest {
  const api = apiName(props);
  const consoleBackendRef = props.console
    ? { name: consoleName(props), port: CONSOLE_POD_PORT }
    : { name: api, port: CONSOLE_PORT };
  return route(api, "https", props, [
    {
      matches: GRPC_SERVICES.map((value) => ({ path: { type: "PathPrefix", value } })),
      backendRefs: [{ name: api, port: GRPC_PORT }],
    },
    {
      matches: [{ path: { type: "PathPrefix", value: "/console" } }],
      backendRefs: [consoleBackendRef],
    },
    {
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
    },
    {
      matches: [{ path: { type: "PathPrefix", value: "/" } }],
      backendRefs: [{ name: api, port: CONSOLE_PORT }],
    },
  ]);
}

function route(
  name: string,
  listener: string,
  { name: gatewayName, host }: GatewayObjectsProps,
  rules: readonly object[],
): Manifest {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name },
    spec: { parentRefs: [{ name: gatewayName, sectionName: listener }], hostnames: [host], rules },
  };
}
