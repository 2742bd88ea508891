import type { SignedInAccess } from "../access";
import type { Values } from "../values";
import { ENGINE, signInSecretName } from "./sign-in";

const MOUNT = "/etc/flyte/sign-in";

/** Clients of people: no secret, an address on their own machine. */
const personal = (id: string): Values => ({
  id,
  public: true,
  grant_types: ["refresh_token", "authorization_code"],
  redirect_uris: ["http://localhost:53593/callback", "http://localhost:12345/callback"],
  response_types: ["code", "token"],
  scopes: ["all", "offline", "access_token"],
});

/** Values of the chart flyte-core that switch sign-in on, with both secrets from `SignInSecret`. */
export function coreSignInValues({ host, oidc }: SignedInAccess, namespace: string): Values {
  const version = { podAnnotations: { "flyte/sign-in-version": String(oidc.clientSecretVersion) } };
  return {
    secrets: {
      // An empty secret: the chart then makes none of its own, whose default is "foobar".
      adminOauthClientCredentials: {
        enabled: true,
        clientId: ENGINE,
        clientSecret: "",
        secretName: signInSecretName,
      },
    },
    flyteadmin: {
      ...version,
      // A pattern over folders: the chart's configuration, and the file of the Secret that holds the engine's hash.
      configPath: "/etc/flyte/*/*.yaml",
      additionalVolumes: [{ name: "sign-in", secret: { secretName: signInSecretName } }],
      additionalVolumeMounts: [{ name: "sign-in", mountPath: MOUNT, readOnly: true }],
    },
    flytescheduler: version,
    flytepropeller: version,
    configmap: {
      admin: { admin: { tokenUrl: "http://flyteadmin:80/oauth2/token" } },
      adminServer: {
        server: { security: { useAuth: true } },
        auth: {
          authorizedUris: [
            `https://${host}`,
            "http://flyteadmin:80",
            `http://flyteadmin.${namespace}.svc.cluster.local:80`,
          ],
          userAuth: {
            openId: {
              baseUrl: oidc.baseUrl,
              clientId: oidc.clientId,
              // The chart's folder for secrets is filled from values, which end in the release and in Terraform's state.
              clientSecretFile: `${MOUNT}/oidc_client_secret`,
            },
          },
          appAuth: { selfAuthServer: { staticClients: clients } },
        },
      },
    },
  };
}

/** The whole map: it replaces Flyte's built-in clients, whose secrets are in its source. */
const clients: Values = {
  [ENGINE]: {
    id: ENGINE,
    grant_types: ["refresh_token", "client_credentials"],
    response_types: ["token"],
    scopes: ["all", "offline", "access_token"],
  },
  "flyte-cli": personal("flyte-cli"),
  flytectl: personal("flytectl"),
};
