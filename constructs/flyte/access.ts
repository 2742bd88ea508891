import { backendName } from "./chart";

/** How people reach Flyte. */
export type FlyteAccess =
  /** Through `kubectl port-forward`: whoever may reach the cluster may reach Flyte, nobody else. */
  | { readonly mode: "port-forward" }
  /** Through an internal load balancer: whoever is on the network. Flyte itself asks nobody who they are. */
  | { readonly mode: "internal" };

/** What somebody types to reach Flyte. */
export interface AccessHint {
  /** Opens the way, or shows the address. */
  readonly command: string;
  /** Flyte's console, once the command has run. `<address>` stands for what it printed. */
  readonly consoleUrl: string;
  /** What `~/.flyte/config.yaml` holds for pyflyte and flytectl. */
  readonly clientConfig: string;
}

const CONSOLE_PORT = 8088;
const GRPC_PORT = 8089;

/** How to reach a Flyte in `namespace`. */
export function accessHint(access: FlyteAccess, namespace = "flyte"): AccessHint {
  const forwarded = access.mode === "port-forward";
  const host = forwarded ? "localhost" : "<address>";
  return {
    command: forwarded
      ? `kubectl --namespace ${namespace} port-forward deployment/${backendName} ${CONSOLE_PORT} ${GRPC_PORT}`
      : `kubectl --namespace ${namespace} get service ${backendName}-http --output jsonpath='{.status.loadBalancer.ingress[0].ip}'`,
    consoleUrl: `http://${host}:${CONSOLE_PORT}/console`,
    clientConfig: `admin:\n  endpoint: dns:///${host}:${GRPC_PORT}\n  insecure: true\n`,
  };
}
