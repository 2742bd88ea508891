import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { InternalHttpsEndpoint, type InternalHttpsEndpointProps } from "../../google/internal-https-endpoint";
import { ManifestRelease } from "../../kubernetes/manifest-release";
import { type Frontend, gatewayObjects, type GatewayObjectsProps } from "./gateway-objects";

export interface InternalGatewayProps
  extends
    Omit<InternalHttpsEndpointProps, "dependsOn">,
    Pick<GatewayObjectsProps, "namespace" | "api" | "console"> {
  /** Path of the chart of plain objects: `ManifestChart.path`. */
  readonly manifestChart: string;

  /**
   * What must be there first: the namespace. Not Flyte itself: the certificate takes its time meanwhile.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Not the name of the public one: between the modes each comes and goes on its own. */
const NAME = "flyte-internal-gateway";

/**
 * Flyte on the network, by HTTPS: an address, a certificate and a Gateway in front of Flyte's pods. Identity providers
 * send people back to `https://<host>/callback` and take no plain HTTP, so sign-in needs what this makes.
 *
 * Google's proxies stand in a subnet of their own, which must be in the network first. GKE makes the firewall rule that
 * lets them and the health checks reach the pods, except in a network that another project shares: there somebody must
 * let that subnet, 35.191.0.0/16 and 130.211.0.0/22 reach ports 8080, 8088 and 8089.
 */
export class InternalGateway extends Construct {
  /** The address, as a token. */
  readonly address: string;
  /** The record by which Google proves the certificate, as a token; nothing with a certificate of one's own. */
  readonly proof: string | undefined;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: InternalGatewayProps) {
    super(scope, id);
    const endpoint = new InternalHttpsEndpoint(this, "endpoint", { ...props, dependsOn: undefined });
    // Kinds that only GKE serves: a release of their own, so that everything else installs where they do not exist.
    const gateway = new ManifestRelease(this, "gateway", {
      name: NAME,
      namespace: props.namespace,
      chart: props.manifestChart,
      manifests: gatewayObjects({
        ...props,
        name: NAME,
        frontend: internalFrontend(endpoint.certificate),
        addressName: endpoint.addressName,
        sslPolicy: endpoint.sslPolicy,
      }),
      dependsOn: [...(props.dependsOn ?? []), ...endpoint.ready],
    });
    this.address = endpoint.address;
    this.proof = endpoint.proof;
    this.ready = gateway.ready;
  }
}

/**
 * Google's regional internal load balancer, for clients of any region and behind any VPN. A regional one takes no
 * certificate map, but regional certificates by name.
 *
 * Global access is there from the first day: to add it later makes the load balancer anew, minutes without Flyte.
 *
 * @param certificate Name of the regional Certificate Manager certificate.
 * @see cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources, cloud.google.com/kubernetes-engine/docs/how-to/secure-gateway (2026-11)
 */
export function internalFrontend(certificate: string): Frontend {
  return {
    gatewayClassName: "gke-l7-rilb",
    tls: { mode: "Terminate", options: { "networking.gke.io/cert-manager-certs": certificate } },
    policy: { allowGlobalAccess: true },
  };
}
