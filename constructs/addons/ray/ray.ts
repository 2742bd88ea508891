import { queueLinks } from "../../flyte/config/log-links";
import type { FlyteKind } from "../../flyte/config/plugins";
import type { AddOn, AddOnContext } from "../add-on";
import { rayJobPolicies, rayTemplates } from "./job-policies";
import {
  NAMESPACE,
  OPERATOR,
  operatorAmounts,
  operatorChart,
  operatorInTenant,
  operatorRights,
} from "./operator";

/** What an environment says of Ray. */
export type RaySection = Readonly<Record<string, never>>;

/**
 * How long a Ray cluster outlives its job: the last lines of its pods reach Cloud Logging. Its quota is free at once, its
 * GPUs only then; Flyte's default is an hour.
 */
const CLUSTER_SECONDS = 10;

const kinds: readonly FlyteKind[] = [{ apiGroup: "ray.io", resources: ["rayjobs"] }];

/** Ray by KubeRay's operator: a Ray task becomes a RayJob, which Kueue admits as a whole (docs/decisions/0026). */
export function ray(_section: RaySection, context: AddOnContext): AddOn {
  const { project, tenants, queuedFlavors } = context;
  return {
    namespaces: [NAMESPACE],
    releases: [
      operatorRights,
      { name: "ray-policies", namespace: NAMESPACE, manifests: rayJobPolicies(queuedFlavors) },
      operatorChart(tenants),
    ],
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
    tenant: operatorInTenant,
    podTemplates: [{ apiGroup: "ray.io", resource: "rayjobs", templates: rayTemplates }],
    seen: {
      operators: [
        {
          title: "Ray operator",
          does: "makes the pods of RayJobs",
          namespace: NAMESPACE,
          deployment: OPERATOR,
          ...operatorAmounts,
        },
      ],
      served: ["rayjobs", "rayclusters"].map((resource) => ({ group: "ray.io", version: "v1", resource })),
    },
  };
}
