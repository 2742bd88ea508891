import type { SignedInAccess } from "../access";
import type { Values } from "../values";

/** Kubernetes Secret with both secrets of the sign-in. The chart flyte-core has the name in one place fixed. */
export const signInSecretName = "flyte-secret-auth";

/** Flyte's engine, as a client of Flyte's API. Its name is fixed in both charts. */
export const ENGINE = "flytepropeller";

/** Name in the Secret, and among Flyte's configuration files: after the chart's own, which it adds to. */
const INTERNAL_CLIENT_FILE = "214-internal-client.yaml";

/**
 * The file that tells Flyte's API the hash of the engine's secret.
 *
 * @param hash Reference to the bcrypt hash: `${…}`. Flyte's loader decodes it from base64.
 */
export function internalClientFile(hash: string): Readonly<Record<string, string>> {
  // By hand: CDKTF's own function takes a reference that is no token for text, and escapes it.
  const client = { client_secret: hash.replace(/^\$\{(.*)\}$/, "${base64encode($1)}") };
  // JSON is YAML, and base64 needs no escaping in it.
  const config = { auth: { appAuth: { selfAuthServer: { staticClients: { [ENGINE]: client } } } } };
  return { [INTERNAL_CLIENT_FILE]: JSON.stringify(config) };
}

/**
 * Values of the chart flyte-binary that switch sign-in on, with both secrets from `SignInSecret`. The chart mounts the
 * Secret twice: its files beside Flyte's own keys, and its one `.yaml` among the configuration.
 */
export function binarySignInValues({ host, oidc }: SignedInAccess): Values {
  return {
    configuration: {
      auth: {
        enabled: true,
        enableAuthServer: true,
        oidc: { baseUrl: oidc.baseUrl, clientId: oidc.clientId },
        internal: { clientId: ENGINE },
        authorizedUris: [`https://${host}`],
        clientSecretsExternalSecretRef: signInSecretName,
      },
      inlineSecretRef: signInSecretName,
      // The API tells its clients to get their token at its public address. The engine lives in the same pod: it must
      // not need DNS, a certificate and a load balancer that are made after it.
      inline: { admin: { tokenUrl: "http://localhost:8088/oauth2/token" } },
    },
    deployment: { podAnnotations: { "flyte/sign-in-version": String(oidc.clientSecretVersion) } },
  };
}
