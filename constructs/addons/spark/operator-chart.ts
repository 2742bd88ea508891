import { type ImageSources, pulled } from "../../images";
import { amountsOf } from "../seen";
import { podTemplateMount, podTemplateVolume } from "./pod-templates";

/** Its API is `v1beta2` since 2019, which Flyte v1.16.8 speaks. */
export const operatorChart = {
  repository: "https://kubeflow.github.io/spark-operator",
  name: "spark-operator",
  version: "2.5.2",
} as const;

const PATH = "kubeflow/spark-operator/controller";
/** Of controller and webhook. */
export const operatorImage = `ghcr.io/${PATH}:${operatorChart.version}`;

/** Port of the webhook's pod, and of its Service: the chart's own default. */
export const SPARK_WEBHOOK_PORT = 9443;

/** Each start of a driver is a JVM of a few hundred MiB beside the controller, for some seconds. */
export const controllerAmounts = { cpu: 1, memoryGib: 2 };
export const webhookAmounts = { cpu: 0.25, memoryGib: 0.5 };

/** Drivers that are started at the same time. */
const WORKERS = 3;

/** Values of the operator's chart. Its rights are our own, narrower ones: `operator-rights.ts`. */
export function operatorValues(sources: ImageSources) {
  const { repository, tag } = pulled(operatorImage, sources);
  return {
    image: { registry: repository.slice(0, -PATH.length - 1), repository: PATH, tag },
    controller: {
      workers: WORKERS,
      // A Service for each driver's page, which `kubectl port-forward` reaches without.
      uiService: { enable: false },
      rbac: { create: false },
      resources: amountsOf(controllerAmounts),
      // Helm replaces lists: the first of each is the chart's own.
      volumes: [{ name: "tmp", emptyDir: { sizeLimit: "1Gi" } }, podTemplateVolume],
      volumeMounts: [{ name: "tmp", mountPath: "/tmp", readOnly: false }, podTemplateMount],
    },
    webhook: { enable: true, port: SPARK_WEBHOOK_PORT, resources: amountsOf(webhookAmounts) },
    spark: {
      // All: what it may do there is bound in the namespaces of tasks, which come and go without it.
      jobNamespaces: [""],
      serviceAccount: { create: false },
      rbac: { create: false },
    },
  };
}
