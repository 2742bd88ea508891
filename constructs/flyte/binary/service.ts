import type { FlyteAccess } from "../access";
import type { Values } from "../values";

/** Flyte's Services for a way of access. No mode makes an Ingress: GKE's cannot carry Flyte's plain gRPC. */
export function serviceValues(access: FlyteAccess, internalAddress?: string): Values {
  switch (access.mode) {
    case "port-forward":
    case "public": // Its Gateway has a Service of its own.
      // Without a separate gRPC Service the chart moves gRPC's port to the HTTP one.
      return { service: { type: "ClusterIP" }, ingress: { create: false, separateGrpcIngress: true } };
    case "internal":
      return {
        service: {
          type: "LoadBalancer",
          commonAnnotations: { "networking.gke.io/load-balancer-type": "Internal" },
          ...(internalAddress !== undefined && { loadBalancerIP: internalAddress }),
        },
        // One Service with both ports, hence one load balancer and one address for the console and for clients.
        ingress: { create: false, separateGrpcIngress: false },
      };
  }
}
