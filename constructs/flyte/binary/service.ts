import { type FlyteAccess, signInOf } from "../access";
import type { Values } from "../values";

/** Flyte's Services for a way of access. No mode makes an Ingress: GKE's cannot carry Flyte's plain gRPC. */
export function serviceValues(access: FlyteAccess, internalAddress?: string): Values {
  return access.mode === "internal" && signInOf(access) === undefined
    ? internalLoadBalancer(internalAddress)
    : // A Gateway has a Service of its own. Without a separate gRPC Service the chart moves gRPC's port to the HTTP one.
      { service: { type: "ClusterIP" }, ingress: { create: false, separateGrpcIngress: true } };
}

/** On the network without sign-in. Clients of other regions reach it, and those behind a VPN that ends in one. */
function internalLoadBalancer(address: string | undefined): Values {
  return {
    service: {
      type: "LoadBalancer",
      commonAnnotations: {
        "networking.gke.io/load-balancer-type": "Internal",
        "networking.gke.io/internal-load-balancer-allow-global-access": "true",
      },
      ...(address !== undefined && { loadBalancerIP: address }),
    },
    // One Service with both ports, hence one load balancer and one address for the console and for clients.
    ingress: { create: false, separateGrpcIngress: false },
  };
}
