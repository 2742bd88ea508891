import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { type ITerraformDependable, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { accessHint, redirectUri, type SignedInAccess, signInOf } from "../../constructs/flyte/access";
import { podLabels } from "../../constructs/flyte/chart";
import { InternalGateway } from "../../constructs/flyte/gateway/internal-gateway";
import { PublicGateway } from "../../constructs/flyte/gateway/public-gateway";
import { SignInSecret } from "../../constructs/flyte/sign-in/sign-in-secret";
import { InternalEndpoint } from "../../constructs/google/internal-endpoint";
import type { Environment } from "../../src/environment/define";
import { FLYTE_NAMESPACE, type PlatformContext } from "./platform-context";

/** What a Flyte with sign-in asks its visitors for. */
export function addSignIn(
  scope: Construct,
  { environment, names }: PlatformContext,
  dependsOn: ITerraformDependable[],
): ITerraformDependable[] {
  const { project, flyte } = environment;
  const signIn = signInOf(flyte.access);
  if (signIn === undefined) return [];
  new RandomProvider(scope, "random");
  return new SignInSecret(scope, "sign-in", {
    project,
    namespace: FLYTE_NAMESPACE,
    oidcSecret: names.oidcSecret,
    oidcSecretVersion: signIn.oidc.clientSecretVersion,
    dependsOn,
  }).ready;
}

/** The reserved address of an internal Flyte that has a name and asks nobody who they are. */
export function addInternalAddress(
  scope: Construct,
  { environment, names, labels }: PlatformContext,
  subnetwork: string,
): string | undefined {
  const { project, region, flyte } = environment;
  const { access } = flyte;
  if (access.mode !== "internal" || access.oidc || !access.host || !access.dnsZone) return undefined;
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
  const { address } = new PublicGateway(scope, "public", {
    project,
    name: names.publicEndpoint,
    host: access.host,
    dnsZone: access.dnsZone,
    cloudArmorPolicy: access.cloudArmorPolicy,
    namespace: FLYTE_NAMESPACE,
    ...backends(flyte.topology),
    manifestChart: chart,
    labels,
    deletionProtection,
    dependsOn,
  });
  addSignInOutputs(scope, access, address);
}

/** The way in from the network, for a Flyte that asks people who they are. */
export function addInternalGateway(
  scope: Construct,
  { environment, names, labels, chart }: PlatformContext,
  subnetwork: string,
  dependsOn: ITerraformDependable[],
): void {
  const { project, region, flyte } = environment;
  const { access } = flyte;
  const signIn = signInOf(access);
  if (access.mode !== "internal" || signIn === undefined) return;
  const { address, proof } = new InternalGateway(scope, "internal-gateway", {
    project,
    region,
    name: names.internalHttpsEndpoint,
    subnetwork,
    host: signIn.host,
    dnsZone: access.dnsZone,
    certificateZone: access.certificateZone,
    certificate: access.certificate,
    namespace: FLYTE_NAMESPACE,
    ...backends(flyte.topology),
    manifestChart: chart,
    labels,
    dependsOn,
  });
  addSignInOutputs(scope, signIn, address);
  if (proof === undefined) return;
  new TerraformOutput(scope, "flyte_certificate_record", {
    value: proof,
    description: `Public DNS record by which Google proves the certificate of ${signIn.host}; made already with certificateZone.`,
  });
}

/** Whose pods serve Flyte's API and its console. */
function backends(topology: Environment["flyte"]["topology"]) {
  return topology === "core"
    ? { api: { selector: podLabels.admin }, console: { selector: podLabels.console } }
    : { api: { selector: podLabels.binary } };
}

function addSignInOutputs(scope: Construct, signIn: SignedInAccess, address: string): void {
  new TerraformOutput(scope, "flyte_address", {
    value: address,
    description: `What ${signIn.host} must resolve to.`,
  });
  new TerraformOutput(scope, "flyte_redirect_uri", {
    value: redirectUri(signIn),
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
