import { queueLinks } from "../../flyte/config/log-links";
import type { FlyteKind } from "../../flyte/config/plugins";
import type { AddOn, AddOnContext } from "../add-on";

/** What an environment says of Ray. */
export type RaySection = Readonly<Record<string, never>>;

/**
 * How long a Ray cluster outlives its job: the last lines of its pods reach Cloud Logging. Its quota is free at once, its
 * GPUs only then; Flyte's default is an hour.
 */
const CLUSTER_SECONDS = 10;

const kinds: readonly FlyteKind[] = [{ apiGroup: "ray.io", resources: ["rayjobs"] }];

/**
 * Ray by GKE's own operator: a Ray task becomes a RayJob.
 *
 * @see cloud.google.com/kubernetes-engine/docs/add-on/ray-on-gke/how-to/enable-ray-on-gke (2026-11)
 */
export function ray(_section: RaySection, { project }: AddOnContext): AddOn {
  return {
    cluster: { rayOperator: true },
    flyte: {
      taskTypes: { ray: ["ray"] },
      config: {
        ray: {
          // Ray's dashboard runs whatever it is sent: no port on the nodes for it, which is Flyte's default.
          serviceType: "ClusterIP",
          shutdownAfterJobFinishes: true,
          ttlSecondsAfterFinished: CLUSTER_SECONDS,
          // Flyte's other links are not a Ray task's: it has a list of its own.
          logs: { templates: queueLinks(project, kinds) },
        },
      },
      kinds,
    },
    frameworks: ["ray.io/rayjob", "ray.io/raycluster"],
    seen: {
      served: ["rayjobs", "rayclusters"].map((resource) => ({ group: "ray.io", version: "v1", resource })),
    },
  };
}
