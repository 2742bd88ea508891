import { choice, defaulted, exactly, group, optional, required, text, wholeNumber } from "./kinds";

const host = () =>
  text(
    'a domain name of at most 64 characters such as "flyte.acme.example"',
    /^(?=.{1,64}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/,
    (value) => (/^https?:\/\//.test(value) ? "write the name only, without https://" : undefined),
  );

const zone = () =>
  text(
    'the name of a Cloud DNS zone, or "projects/<project>/managedZones/<name>"',
    /^(projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]\/managedZones\/)?[a-z][a-z0-9-]{0,62}$/,
  );

const oidc = group({
  baseUrl: required(text("an https URL without a slash at its end", /^https:\/\/[^\s/]+(\/[^\s/]+)*$/), {
    meaning: "The OpenID Connect provider: it serves `<baseUrl>/.well-known/openid-configuration`.",
    change: "In place, with a restart of the backend.",
    example: '"https://accounts.google.com"',
  }),
  clientId: required(text("the client's id, without blanks", /^[^\s"'\\]{1,255}$/), {
    meaning:
      "Id of Flyte's client at the provider, with the redirect URI `https://<host>/callback`. Its secret goes to Secret Manager by hand: docs/secrets.md.",
    change: "In place, with a restart of the backend.",
    example: '"1234-abcd.apps.googleusercontent.com"',
  }),
  clientSecretVersion: defaulted(wholeNumber(1, 9999), 1, {
    meaning:
      "Which version of the secret `<prefix>-<name>-oidc-client` holds the client's secret. It must be there before the platform is deployed.",
    change: "In place, with a restart of the backend; Flyte's internal secret is renewed as well.",
  }),
});

export const access = choice("mode", [
  group({
    mode: required(exactly("port-forward"), {
      meaning: "Only through `kubectl port-forward`: whoever may reach the cluster.",
      change: "In place.",
    }),
  }),
  group({
    mode: required(exactly("internal"), {
      meaning:
        "An internal load balancer, reachable from the VPC, from all regions, and from what is connected to it. With `oidc` by HTTPS, for whoever the provider lets in; without, by plain HTTP, for everybody there.",
      change: "In place.",
    }),
    host: optional(host(), {
      meaning: "Name for it. With one the address is reserved, and stays. `oidc` needs it.",
      default: "none: an address that Google chooses",
      change: "In place; the first time with another address.",
      example: '"flyte.corp.acme.example"',
    }),
    dnsZone: optional(zone(), {
      meaning: "Private Cloud DNS zone that `host` is in.",
      default: "none; with `oidc`: point an A record at the output `flyte_address`",
      change: "In place.",
      example: '"corp-acme-example"',
    }),
    oidc: optional(oidc, {
      meaning:
        "Who asks people who they are. Brings HTTPS, a certificate and Google's regional internal load balancer, whose proxies need `network.proxiesCidr`.",
      default: "none: whoever is on the network is in",
      change: "Another load balancer, with another address.",
    }),
    certificateZone: optional(zone(), {
      meaning:
        "Public Cloud DNS zone of the domain of `host`, for the record by which Google proves its certificate. `host` itself need not be in it. With `oidc` only.",
      default: "none: make the record that the output `flyte_certificate_record` says, once",
      change: "In place.",
      example: '"acme-example"',
    }),
    certificate: optional(
      text(
        "up to 63 lower-case letters, digits and hyphens, starting with a letter",
        /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      ),
      {
        meaning:
          "Name of a Certificate Manager certificate that is there already, in the environment's project and region: of your own authority, or for a domain that is not registered. With `oidc` only.",
        default: "one that Google issues and renews",
        change: "In place.",
      },
    ),
  }),
  group({
    mode: required(exactly("public"), {
      meaning: "HTTPS from anywhere, for whoever the OpenID Connect provider lets in.",
      change: "In place.",
    }),
    host: required(host(), {
      meaning: "Name of the console and the API.",
      change: "Replaces the certificate: minutes to an hour without access.",
      example: '"flyte.acme.example"',
    }),
    oidc: required(oidc, { meaning: "Who asks people who they are.", change: "See each key." }),
    dnsZone: optional(zone(), {
      meaning:
        "Cloud DNS zone that `host` is in: its records are made, and the certificate is there before anybody needs it.",
      default: "none: point an A record at the output `flyte_address`",
      change: "Replaces the certificate.",
      example: '"acme-example"',
    }),
    cloudArmorPolicy: optional(
      text(
        "up to 63 lower-case letters, digits and hyphens, starting with a letter",
        /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      ),
      {
        meaning: "Name of a Cloud Armor security policy of the project, which judges each request first.",
        default: "none",
        change: "In place.",
      },
    ),
  }),
]);
