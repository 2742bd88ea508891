import { backendName, type Topology } from "./chart";

/** How Flyte asks people who they are: the OpenID Connect client that it is at an identity provider. */
export interface Oidc {
  /** The provider, such as `https://accounts.google.com`; it serves `<baseUrl>/.well-known/openid-configuration`. */
  readonly baseUrl: string;

  /** Id of the client. Its redirect URI must be `https://<host>/callback`. */
  readonly clientId: string;

  /**
   * Version of the Secret Manager secret that holds the client's secret.
   *
   * Shape: whole number, at least 1.
   * Change: a new pod, with that version and with a new secret between Flyte's own parts.
   */
  readonly clientSecretVersion: number;
}

/** A Flyte that asks people who they are, by HTTPS under a name. */
export interface SignedInAccess {
  /** Name that people type, such as `flyte.acme.example`. */
  readonly host: string;

  readonly oidc: Oidc;
}

/** Open to the internet: HTTPS by a load balancer of Google's, sign-in by Flyte. */
export interface PublicAccess extends SignedInAccess {
  readonly mode: "public";
}

/** How people reach Flyte. */
export type FlyteAccess =
  /** Through `kubectl port-forward`: whoever may reach the cluster may reach Flyte, nobody else. */
  | { readonly mode: "port-forward" }
  /** Through an internal load balancer: whoever is on the network and, with `oidc`, whom the provider lets in. */
  | {
      readonly mode: "internal";
      /** Name of the load balancer's address, where it has one. With `oidc` it has. */
      readonly host?: string;
      /** Sign-in, by HTTPS. Without it Flyte speaks plain HTTP, and asks nobody who they are. */
      readonly oidc?: Oidc;
    }
  | PublicAccess;

/** The name and the client of a Flyte that asks people who they are; nothing where it asks nobody. */
export function signInOf(access: FlyteAccess): SignedInAccess | undefined {
  if (access.mode === "port-forward") return undefined;
  const { host, oidc } = access;
  return host === undefined || oidc === undefined ? undefined : { host, oidc };
}

/** What somebody types to reach Flyte. */
export interface AccessHint {
  /** Opens the way, shows the address, or asks whether Flyte answers. */
  readonly command: string;
  /** Flyte's console, once the command has run. `<address>` stands for what it printed. */
  readonly consoleUrl: string;
  /** What `~/.flyte/config.yaml` holds for pyflyte and flytectl. */
  readonly clientConfig: string;
}

export const CONSOLE_PORT = 8088;
export const GRPC_PORT = 8089;

/** Topology core: where `kubectl port-forward` puts the console. */
export const FORWARDED_CONSOLE = 8080;

/** How to reach a Flyte in `namespace`. */
export function accessHint(
  access: FlyteAccess,
  namespace = "flyte",
  topology: Topology = "binary",
): AccessHint {
  const signIn = signInOf(access);
  if (signIn) return encrypted(signIn.host);
  if (access.mode === "port-forward")
    return topology === "core" ? forwardedCore(namespace) : forwardedBinary(namespace);
  return {
    command: `kubectl --namespace ${namespace} get service ${backendName}-http --output jsonpath='{.status.loadBalancer.ingress[0].ip}'`,
    ...unencrypted(access.host ?? "<address>"),
  };
}

function encrypted(host: string): AccessHint {
  return {
    command: `curl --include https://${host}/healthcheck`,
    consoleUrl: `https://${host}/console`,
    clientConfig: `admin:\n  endpoint: dns:///${host}\n  authType: Pkce\n  insecure: false\n`,
  };
}

/** The address to register at the identity provider as the client's redirect URI. */
export function redirectUri({ host }: SignedInAccess): string {
  return `https://${host}/callback`;
}

function forwardedBinary(namespace: string): AccessHint {
  return {
    command: `kubectl --namespace ${namespace} port-forward deployment/${backendName} ${CONSOLE_PORT} ${GRPC_PORT}`,
    ...unencrypted("localhost"),
  };
}

/** Two Services: the console is a server of its own. */
function forwardedCore(namespace: string): AccessHint {
  const forward = `kubectl --namespace ${namespace} port-forward`;
  return {
    command: `${forward} service/flyteadmin ${CONSOLE_PORT}:80 ${GRPC_PORT}:81 & ${forward} service/flyteconsole ${FORWARDED_CONSOLE}:80`,
    ...unencrypted("localhost", FORWARDED_CONSOLE),
  };
}

function unencrypted(host: string, consolePort = CONSOLE_PORT) {
  return {
    consoleUrl: `http://${host}:${consolePort}/console`,
    clientConfig: `admin:\n  endpoint: dns:///${host}:${GRPC_PORT}\n  insecure: true\n`,
  };
}
