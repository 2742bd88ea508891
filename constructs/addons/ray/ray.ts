import type { AddOn } from "../add-on";

/** What an environment says of Ray. */
export type RaySection = Readonly<Record<string, never>>;

/**
 * Ray by GKE's own operator: a Ray task becomes a RayJob.
 *
 * @see cloud.google.com/kubernetes-engine/docs/add-on/ray-on-gke/how-to/enable-ray-on-gke (2026-11)
 */
export function ray(_section: RaySection): AddOn {
  return {
    cluster: { rayOperator: true },
    flyte: {
      taskTypes: { ray: ["ray"] },
      // Ray's dashboard runs whatever it is sent: no port on the nodes for it, which is Flyte's default.
      config: { ray: { serviceType: "ClusterIP" } },
      kinds: [{ apiGroup: "ray.io", resources: ["rayjobs"] }],
    },
    frameworks: ["ray.io/rayjob", "ray.io/raycluster"],
  };
}
