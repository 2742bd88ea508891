import { containerLink, eventsLink } from "../../flyte/config/log-links";
import { oneKeyMaps } from "../../flyte/values";
import type { AddOn, AddOnContext } from "../add-on";
import {
  CONTROLLER,
  DRIVER_ACCOUNT,
  DRIVER_LABELS,
  OPERATOR,
  SPARK_APPLICATIONS,
  SPARK_GROUP,
  WEBHOOK,
} from "./names";
import {
  controllerAmounts,
  operatorChart,
  operatorValues,
  SPARK_WEBHOOK_PORT,
  webhookAmounts,
} from "./operator-chart";
import { podTemplates } from "./pod-templates";
import { operatorRights, sparkInTenant } from "./rights";
import { sparkDefaults } from "./spark-config";
import { sparkJobWall, sparkPodWall } from "./spark-walls";

/** What an environment says of Spark. */
export interface SparkSection {
  /** Disk of each driver and executor for what does not fit into its memory. Shape: GiB, as much as Autopilot gives. */
  readonly spillGib: number;
}

const RIGHTS = "spark-rights";

/**
 * Spark by Kubeflow's operator: a Spark task becomes a SparkApplication, whose driver and executors each wait in the
 * team's queue of CPU tasks.
 */
export function spark({ spillGib }: SparkSection, context: AddOnContext): AddOn {
  const { project } = context;
  return {
    controlPlanePorts: [SPARK_WEBHOOK_PORT],
    namespaces: [OPERATOR],
    releases: [
      {
        name: RIGHTS,
        namespace: OPERATOR,
        manifests: [...operatorRights(OPERATOR), podTemplates(OPERATOR, spillGib)],
      },
      {
        name: OPERATOR,
        namespace: OPERATOR,
        chart: { ...operatorChart, values: operatorValues(context) },
        after: [RIGHTS],
        timeoutSeconds: 600,
      },
    ],
    flyte: {
      taskTypes: { spark: ["spark"] },
      config: { spark: { "spark-config-default": oneKeyMaps(sparkDefaults), logs: links(project) } },
      kinds: [{ apiGroup: SPARK_GROUP, resources: [SPARK_APPLICATIONS] }],
    },
    tenant: (namespace) => sparkInTenant(namespace, OPERATOR),
    podTemplates: [{ apiGroup: SPARK_GROUP, resource: SPARK_APPLICATIONS, templates }],
    walls: [sparkJobWall, sparkPodWall],
    podMakers: [DRIVER_ACCOUNT],
    apiClients: [{ name: "spark-drivers", labels: DRIVER_LABELS }],
    seen: {
      operators: [
        {
          title: "Spark operator",
          does: "starts drivers",
          namespace: OPERATOR,
          deployment: CONTROLLER,
          ...controllerAmounts,
        },
        {
          title: "Spark webhook",
          does: "shapes Spark's pods",
          namespace: OPERATOR,
          deployment: WEBHOOK,
          ...webhookAmounts,
        },
      ],
      served: [{ group: SPARK_GROUP, version: "v1beta2", resource: SPARK_APPLICATIONS }],
    },
  };
}

/** A SparkApplication has no templates of pods, but images of its own and of each role. */
const templates = ["object.spec", "object.spec.driver", "object.spec.executor"]
  .map((path) => `(has(${path}.image) ? [{"spec": {"containers": [{"image": ${path}.image}]}}] : [])`)
  .join(" + ");

/** Flyte has lists of its own for Spark, and a link to localhost in one of them. */
function links(project: string) {
  return {
    mixed: {
      "kubernetes-enabled": false,
      templates: [
        { displayName: "Cloud Logging", templateUris: [containerLink(project, "spark-kubernetes-driver")] },
      ],
    },
    // Shown while the task waits. Its pods are called after the job, which Flyte puts for the pod's name here.
    "all-user": {
      templates: [
        {
          displayName: "Queue: why it waits",
          templateUris: [
            eventsLink(project, ["^{{ .podName }}", "^pod-{{ .podName }}-(driver|exec-[0-9]+)-[0-9a-f]{5}"]),
          ],
        },
      ],
    },
  };
}
