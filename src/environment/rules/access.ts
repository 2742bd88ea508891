import { signInOf } from "../../../constructs/flyte/access";
import { problemIf, type Rule, rule } from "./rule";

/** How people reach Flyte: what the parts of an access must satisfy together. */
export const accessRules: readonly Rule[] = [
  rule(["flyte"], ({ flyte: { access, topology } }) =>
    access.mode === "internal"
      ? [
          problemIf(
            topology === "core" && access.oidc === undefined,
            "flyte.access.oidc",
            'must be there with mode "internal" and topology "core"; console and API are pods of their own there, and without the Gateway that comes with sign-in one address cannot serve both',
          ),
          problemIf(
            access.oidc !== undefined && access.host === undefined,
            "flyte.access.host",
            "must be there with oidc: the provider sends people back to https://<host>/callback",
          ),
          problemIf(
            access.oidc === undefined && (access.host === undefined) !== (access.dnsZone === undefined),
            "flyte.access",
            "must have both host and dnsZone, or neither: a name is a record in a zone",
          ),
          problemIf(
            access.oidc === undefined && (access.certificate ?? access.certificateZone) !== undefined,
            `flyte.access.${access.certificate === undefined ? "certificateZone" : "certificate"}`,
            "must be left out without oidc, which brings HTTPS",
          ),
          problemIf(
            access.certificate !== undefined && access.certificateZone !== undefined,
            "flyte.access.certificateZone",
            "must be left out with certificate: one that is there already needs no proof",
          ),
        ]
      : [],
  ),
  rule(["flyte", "network"], ({ flyte: { access }, network }) =>
    problemIf(
      access.mode === "internal" && signInOf(access) !== undefined && network.proxiesCidr === undefined,
      "network.proxiesCidr",
      `must be stated with flyte.access.oidc and mode "internal": the range of the load balancer's proxies, ${network.existing ? "which the network has in a proxy-only subnet (purpose REGIONAL_MANAGED_PROXY) of the region" : 'a free one such as "10.9.16.0/23"'}`,
    ),
  ),
];
