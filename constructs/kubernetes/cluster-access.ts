import { DataGoogleContainerCluster } from "@cdktf/provider-google/lib/data-google-container-cluster";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { EphemeralBlock } from "../google/ephemeral-block";

export interface ClusterAccessProps {
  readonly project: string;

  /** Region of the cluster (or zone, of a zonal one). */
  readonly location: string;

  /** Name of the cluster. It must exist when this stack is planned: helm asks it what is installed. */
  readonly cluster: string;

  /**
   * Reach the control plane by its DNS name, from anywhere, with Google's own sign-in; or else by its IP address,
   * from an authorised network.
   *
   * @default true
   */
  readonly dnsEndpoint?: boolean;
}

/**
 * The `kubernetes` and `helm` providers of a stack, signed in as whoever runs Terraform.
 * A deploy of more than an hour outlives its token.
 */
export class ClusterAccess extends Construct {
  /** Where the control plane answers: `https://…`. */
  readonly host: string;

  constructor(scope: Construct, id: string, props: ClusterAccessProps) {
    super(scope, id);
    const cluster = new DataGoogleContainerCluster(this, "cluster", {
      project: props.project,
      location: props.location,
      name: props.cluster,
    });
    const endpoint = (props.dnsEndpoint ?? true) ? dnsEndpoint(cluster) : ipEndpoint(cluster);
    // The data source of this name would keep the token in the state, and a saved plan would carry it.
    // registry.terraform.io/providers/hashicorp/google/7.45.0/docs/ephemeral-resources/client_config (since 7.10.0)
    const client = new EphemeralBlock(this, "client", "google_client_config", {});
    const connection = { ...endpoint, token: client.attribute("access_token") };
    new KubernetesProvider(this, "kubernetes", connection);
    new HelmProvider(this, "helm", { kubernetes: connection });
    this.host = endpoint.host;
  }
}

/** The certificate behind the DNS name is publicly trusted: no CA to hand over. The attribute has no scheme. */
function dnsEndpoint(cluster: DataGoogleContainerCluster) {
  const { endpoint } = cluster.controlPlaneEndpointsConfig.get(0).dnsEndpointConfig.get(0);
  return { host: `https://${endpoint}` };
}

function ipEndpoint(cluster: DataGoogleContainerCluster) {
  return {
    host: `https://${cluster.endpoint}`,
    clusterCaCertificate: Fn.base64decode(cluster.masterAuth.get(0).clusterCaCertificate),
  };
}
