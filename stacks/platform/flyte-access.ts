import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { type ITerraformDependable, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { accessHint, redirectUri } from "../../constructs/flyte/access";
import { podLabels } from "../../constructs/flyte/chart";
import { PublicGateway } from "../../constructs/flyte/public/public-gateway";
import { SignInSecret } from "../../constructs/flyte/sign-in/sign-in-secret";
import { InternalEndpoint } from "../../constructs/google/internal-endpoint";
import { FLYTE_NAMESPACE, type PlatformContext } from "./platform-context";

/** What a public Flyte asks its visitors for. */
export function addSignIn(
  scope: Construct,
  { environment, names }: PlatformContext,
  dependsOn: ITerraformDependable[],
): ITerraformDependable[] {
  const { project, flyte } = environment;
  if (flyte.access.mode !== "public") return [];
  new RandomProvider(scope, "random");
  return new SignInSecret(scope, "sign-in", {
    project,
    namespace: FLYTE_NAMESPACE,
    oidcSecret: names.oidcSecret,
    oidcSecretVersion: flyte.access.oidc.clientSecretVersion,
    dependsOn,
  }).ready;
}

/** The reserved address of an internal Flyte that has a name. */
export function addInternalAddress(
  scope: Construct,
  { environment, names, labels }: PlatformContext,
  subnetwork: string,
): string | undefined {
  const { project, region, flyte } = environment;
  const { access } = flyte;
  if (access.mode !== "internal" || !access.host || !access.dnsZone) return undefined;
  return new InternalEndpoint(scope, "internal", {
    project,
    region,
    name: names.internalEndpoint,
    subnetwork,
    host: access.host,
    dnsZone: access.dnsZone,
    labels,
  }).address;
}

/** The way in from the internet. */
export function addPublicAccess(
  scope: Construct,
  { environment, names, labels, chart }: PlatformContext,
  dependsOn: ITerraformDependable[],
): void {
  const { project, flyte, deletionProtection } = environment;
  const { access } = flyte;
  if (access.mode !== "public") return;
  const core = flyte.topology === "core";
  const { address } = new PublicGateway(scope, "public", {
    project,
    name: names.publicEndpoint,
    host: access.host,
    dnsZone: access.dnsZone,
    cloudArmorPolicy: access.cloudArmorPolicy,
    namespace: FLYTE_NAMESPACE,
    api: { selector: core ? podLabels.admin : podLabels.binary },
    console: core ? { selector: podLabels.console } : undefined,
    manifestChart: chart,
    labels,
    deletionProtection,
    dependsOn,
  });
  new TerraformOutput(scope, "flyte_address", {
    value: address,
    description: `What ${access.host} must resolve to.`,
  });
  new TerraformOutput(scope, "flyte_redirect_uri", {
    value: redirectUri(access),
    description: "What the identity provider must know as the client's redirect URI.",
  });
}

/** How people reach Flyte, for the end of a deploy. */
export function addOutputs(scope: Construct, { environment }: PlatformContext): void {
  const { access, topology } = environment.flyte;
  const hint = accessHint(access, FLYTE_NAMESPACE, topology);
  new TerraformOutput(scope, "flyte_connect", {
    value: hint.command,
    description:
      "Opens the way to Flyte; prints an internal address; asks a public one whether Flyte answers.",
  });
  new TerraformOutput(scope, "flyte_console", { value: hint.consoleUrl });
  new TerraformOutput(scope, "flyte_client_config", {
    value: hint.clientConfig,
    description: "~/.flyte/config.yaml for pyflyte and flytectl.",
  });
}
