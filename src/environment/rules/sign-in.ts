import type { Problem } from "../problems";
import { problemIf, type Rule, rule } from "./rule";

/** Paths of a provider's own endpoints, which stand in the document that its issuer serves. */
const endpoint =
  /\/(\.well-known|authorize|authorization|auth|token|userinfo|keys|jwks|certs|login\/oauth)(\/|$)/;

/** Issuers that are known, and what their addresses must be. Completes "must …". */
function knownIssuer({ hostname, pathname }: URL): string | undefined {
  if (/(^|\.)google\.com$/.test(hostname) && (hostname !== "accounts.google.com" || pathname !== "/"))
    return 'be "https://accounts.google.com" for Google';
  if (/(^|\.)github\.com$/.test(hostname))
    return "be an OpenID Connect provider, which GitHub is not for people: use Google's, or one that asks GitHub, such as Dex";
  if (
    hostname === "login.microsoftonline.com" &&
    !/^\/[0-9a-z][0-9a-z.-]*\.?[0-9a-z-]+\/v2\.0$/i.test(pathname)
  )
    return 'be "https://login.microsoftonline.com/<tenant id>/v2.0" for Entra';
  if (hostname === "login.microsoftonline.com" && /^\/(common|organizations|consumers)\//.test(pathname))
    return "name the tenant for Entra: common, organizations and consumers have no issuer of their own";
  return undefined;
}

function issuerProblem(baseUrl: string, host: string | undefined): string | undefined {
  if (!URL.canParse(baseUrl)) return "be an https URL";
  const url = new URL(baseUrl);
  if (url.username || url.password) return "hold no name or password";
  if (url.search || url.hash) return "end with its path, without ? and #";
  if (/^(localhost|127\.|\[)/.test(url.hostname)) return "be reachable from the cluster";
  if (url.hostname === host)
    return "be another host than flyte.access.host: Flyte asks the provider, and is none itself";
  return (
    knownIssuer(url) ??
    (endpoint.test(url.pathname)
      ? "be the issuer, not one of its endpoints: what `<baseUrl>/.well-known/openid-configuration` says as issuer"
      : undefined)
  );
}

/** Google's own client ids and secrets look like nobody else's. */
function clientProblem(clientId: string, baseUrl: string): Problem | undefined {
  const path = "flyte.access.oidc.clientId";
  if (clientId.startsWith("GOCSPX-"))
    return {
      path,
      message:
        "must be the client's id, got a client secret, which is not shown: make a new one, because this one stands in a file, and give it to Secret Manager (docs/secrets.md)",
    };
  return problemIf(
    baseUrl === "https://accounts.google.com" && !clientId.endsWith(".apps.googleusercontent.com"),
    path,
    `must end in ".apps.googleusercontent.com" for Google, got ${JSON.stringify(clientId)}; it is under APIs & Services, Credentials`,
  );
}

export const signInRules: readonly Rule[] = [
  rule(["flyte"], ({ flyte: { access } }) => {
    if (access.mode === "port-forward" || access.oidc === undefined) return [];
    const { baseUrl, clientId } = access.oidc;
    const wrong = issuerProblem(baseUrl, access.host);
    // A password in it is nobody's to read.
    const got = baseUrl.includes("@") ? "a value that is not shown" : JSON.stringify(baseUrl);
    return [
      problemIf(wrong !== undefined, "flyte.access.oidc.baseUrl", `must ${wrong}, got ${got}`),
      clientProblem(clientId, baseUrl),
    ];
  }),
];
