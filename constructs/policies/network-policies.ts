import { FLYTE_WEBHOOK_PORT } from "../flyte/control-plane-ports";
import type { Manifest } from "../kubernetes/manifest";
import {
  dns,
  googleApis,
  GOOGLE_LOAD_BALANCERS,
  internet,
  metadataServer,
  namespaceNamed,
  type Peer,
  ranges,
  tcpPorts,
} from "./network-peers";

/** Pods of tasks that work with the API server, by what nobody else's pods are labelled with. */
export interface ApiClient {
  /** How the policy begins that lets them. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface NetworkPoliciesProps {
  /** Namespaces of tasks. Who reaches them is said where they are made; here: whom they reach. */
  readonly tenantNamespaces: readonly string[];

  /** Namespace of Flyte. */
  readonly flyteNamespace: string;

  /** How people reach Flyte, which decides where they come from. */
  readonly access: "port-forward" | "internal" | "public";

  /**
   * Range of the proxies through which people reach an internal Flyte, where there are any.
   *
   * Shape: IPv4 range.
   * @default - none: an internal load balancer that hands on whatever comes
   */
  readonly proxiesCidr?: string;

  /**
   * Range of the database's address.
   *
   * Shape: IPv4 range.
   */
  readonly databaseCidr: string;

  /**
   * Where the API server's calls to Flyte's secrets webhook come from beside its tunnel: the range of the nodes, in which
   * the control plane has its private address.
   *
   * Shape: IPv4 range.
   * @default - none: the webhook is off, and nothing listens
   */
  readonly webhookCallersCidr?: string;

  /**
   * Range that holds the address of the API server: that of the nodes.
   *
   * Shape: IPv4 range.
   */
  readonly apiServerCidr: string;

  /** Pods of tasks that reach the API server. @default none */
  readonly apiClients?: readonly ApiClient[];

  /** Tasks may reach public addresses. Without it only Google's APIs, at the addresses that are not public. */
  readonly internet: boolean;

  /** Private ranges that tasks may reach, by name. */
  readonly allow: Readonly<Record<string, string>>;
}

/** What every namespace of tasks has, whoever made it. */
export const TENANT_LABEL = Object.freeze({ "kueue-managed": "true" });

const API_PORTS = [8088, 8089];
/** Those, and topology core's console. */
const GATEWAY_PORTS = tcpPorts(...API_PORTS, 8080);
const METRICS_PORTS = [10254];

/** Google's collectors of metrics run in the first namespace on Autopilot, elsewhere in the second. */
const METRICS_COLLECTORS = ["gke-gmp-system", "gmp-system"].map(namespaceNamed);

/** Who may talk to whom, as Kubernetes NetworkPolicies: they only ever allow, and what none allows is refused. */
export function networkPolicies(props: NetworkPoliciesProps): readonly Manifest[] {
  return [
    ...props.tenantNamespaces.flatMap((namespace) => [
      tenantPolicy(namespace, props),
      ...apiClientPolicies(namespace, props),
    ]),
    flytePolicy(props),
  ];
}

/** The Service `kubernetes` stands for that address, and Dataplane V2 looks at what is behind a Service. */
function apiClientPolicies(namespace: string, { apiClients = [], apiServerCidr }: NetworkPoliciesProps) {
  const egress = [{ to: ranges(apiServerCidr), ports: tcpPorts(443) }];
  return apiClients.map(({ name, labels }) =>
    policy(`${name}-reach-api-server`, namespace, { egress }, labels),
  );
}

/**
 * Tasks reach their own namespace, as distributed training must; Flyte, to start and to watch executions; names,
 * identity, Google; and what the environment allows. Not the database, not other teams, not the nodes.
 */
function tenantPolicy(namespace: string, props: NetworkPoliciesProps): Manifest {
  const allowed = Object.values(props.allow);
  return policy("tasks-reach", namespace, {
    egress: [
      { to: [{ podSelector: {} }] },
      { to: [namespaceNamed(props.flyteNamespace)], ports: tcpPorts(...API_PORTS) },
      dns,
      metadataServer,
      googleApis,
      ...(props.internet ? [internet] : []),
      ...(allowed.length > 0 ? [{ to: ranges(...allowed) }] : []),
    ],
  });
}

/** Flyte's parts reach each other, its database, Kubernetes and Google (both HTTPS), names and identity. */
function flytePolicy(props: NetworkPoliciesProps): Manifest {
  return policy("flyte", props.flyteNamespace, {
    ingress: [
      { from: [{ podSelector: {} }] },
      { from: [{ namespaceSelector: { matchLabels: TENANT_LABEL } }], ports: tcpPorts(...API_PORTS) },
      ...peopleFrom(props),
      ...webhookCallers(props),
      { from: METRICS_COLLECTORS, ports: tcpPorts(...METRICS_PORTS) },
    ],
    egress: [
      { to: [{ podSelector: {} }] },
      { to: ranges(props.databaseCidr), ports: tcpPorts(5432) },
      { ports: tcpPorts(443) },
      dns,
      metadataServer,
    ],
  });
}

/** The API server and nobody else: it comes through the agents of its tunnel (konnectivity), or from its own address. */
function webhookCallers({ webhookCallersCidr }: NetworkPoliciesProps): readonly Peer[] {
  return webhookCallersCidr === undefined
    ? []
    : [
        {
          from: [namespaceNamed("kube-system"), ...ranges(webhookCallersCidr)],
          ports: tcpPorts(FLYTE_WEBHOOK_PORT),
        },
      ];
}

/** `kubectl port-forward` comes from the pod's own node, which no policy keeps out. */
function peopleFrom({ access, proxiesCidr }: NetworkPoliciesProps): readonly Peer[] {
  switch (access) {
    case "port-forward":
      return [];
    // Without proxies whoever is on the network: behind that load balancer a pod may see a node's address for theirs.
    case "internal":
      return proxiesCidr === undefined
        ? [{ ports: tcpPorts(...API_PORTS) }]
        : [{ from: [...GOOGLE_LOAD_BALANCERS, ...ranges(proxiesCidr)], ports: GATEWAY_PORTS }];
    case "public":
      return [{ from: GOOGLE_LOAD_BALANCERS, ports: GATEWAY_PORTS }];
  }
}

function policy(
  name: string,
  namespace: string,
  rules: { readonly ingress?: readonly Peer[]; readonly egress: readonly Peer[] },
  matchLabels?: Readonly<Record<string, string>>,
): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    spec: {
      podSelector: matchLabels === undefined ? {} : { matchLabels },
      policyTypes: rules.ingress ? ["Ingress", "Egress"] : ["Egress"],
      ...rules,
    },
  };
}
