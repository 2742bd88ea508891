import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PublicEndpoint, type PublicEndpointProps } from "../../google/public-endpoint";
import { ManifestRelease } from "../../kubernetes/manifest-release";
import { check, type Rule } from "../../rules";
import { type Frontend, gatewayObjects, type GatewayObjectsProps } from "./gateway-objects";

export interface PublicGatewayProps
  extends Omit<PublicEndpointProps, "dependsOn">, Omit<GatewayObjectsProps, NamesOfParts> {
  /** Path of the chart of plain objects: `ManifestChart.path`. */
  readonly manifestChart: string;

  /**
   * What must be there first: the namespace. Not Flyte itself: the certificate takes its time meanwhile.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** What the endpoint makes, and the Gateway takes from there. */
type NamesOfParts = "host" | "name" | "addressName" | "frontend" | "sslPolicy";

/**
 * Flyte on the internet: an address, a certificate and a Gateway in front of Flyte's pods. Who may do what is for
 * Flyte's own sign-in to decide.
 *
 * The load balancer's firewall rule is made by GKE, except in a network that another project shares: there somebody
 * must let 35.191.0.0/16 and 130.211.0.0/22 reach the pods.
 */
export class PublicGateway extends Construct {
  /** The public address, as a token. */
  readonly address: string;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PublicGatewayProps) {
    super(scope, id);
    check(this, props, publicGatewayRules);
    const endpoint = new PublicEndpoint(this, "endpoint", { ...props, dependsOn: undefined });
    // Kinds that only GKE serves: a release of their own, so that everything else installs where they do not exist.
    const gateway = new ManifestRelease(this, "gateway", {
      name: "flyte-gateway",
      namespace: props.namespace,
      chart: props.manifestChart,
      manifests: gatewayObjects({
        ...props,
        name: "flyte-gateway",
        frontend: publicFrontend(endpoint.certificateMap),
        addressName: endpoint.addressName,
        sslPolicy: endpoint.sslPolicy,
      }),
      dependsOn: [...(props.dependsOn ?? []), ...endpoint.ready],
    });
    this.address = endpoint.address;
    this.ready = gateway.ready;
  }
}

/** Google's global load balancer. @param certificateMap Name of the Certificate Manager map with the host's certificate. */
export function publicFrontend(certificateMap: string): Frontend {
  return {
    gatewayClassName: "gke-l7-global-external-managed",
    annotations: { "networking.gke.io/certmap": certificateMap },
  };
}

const publicGatewayRules: readonly Rule<PublicGatewayProps>[] = [
  ({ cloudArmorPolicy }) =>
    cloudArmorPolicy === undefined || /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(cloudArmorPolicy)
      ? undefined
      : `cloudArmorPolicy must be the name of a security policy of this project, got ${JSON.stringify(cloudArmorPolicy)}`,
];
