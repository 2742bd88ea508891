import { QUEUE_LABEL } from "./local-queues";
import type { Labels, Manifest, Toleration } from "../../kubernetes/manifest";
import { TASKS } from "../names";
import { SAFE_TO_EVICT } from "../node-labels";
import { PRIORITY_LABEL } from "./priorities";
import type { ProvisioningMode, ResolvedFlavor } from "../provisioning";
import { provisioningModes, resolveFlavor } from "../provisioning";
import type { Flavor } from "../types";

/**
 * Kubernetes wants an image where Flyte puts the task's. With a tag, so that the pull policy which Kubernetes fills in,
 * and Flyte hands on, is IfNotPresent.
 */
const PLACEHOLDER_IMAGE = "registry.k8s.io/pause:3.10";

export interface PodTemplateProps {
  readonly namespace: string;

  /** Flyte domain: what its tasks' priority is. */
  readonly domain: string;
}

/** What a task gets that names no template: Flyte's `default-pod-template-name` is `tasks`. */
export function defaultPodTemplate(props: PodTemplateProps): Manifest {
  return podTemplate(TASKS, TASKS, props, {});
}

/** What a task gets that names the flavor: the nodes, the queue, the tolerations and the run limit, in one word. */
export function flavorPodTemplate(name: string, flavor: Flavor, props: PodTemplateProps): Manifest {
  const mode: ProvisioningMode = provisioningModes[flavor.provisioning];
  const resolved: ResolvedFlavor = resolveFlavor(name, flavor);
  const tolerations = mode.podTolerations(resolved);
  return podTemplate(name, mode.queue === "own" ? name : TASKS, props, {
    nodeSelector: mode.podSelector(resolved),
    ...(tolerations.length > 0 && { tolerations }),
    annotations: resolved.extendedRunTime ? { [SAFE_TO_EVICT]: "false" } : undefined,
  });
}

function podTemplate(
  name: string,
  queue: string,
  { namespace, domain }: PodTemplateProps,
  {
    annotations,
    ...nodes
  }: {
    readonly nodeSelector?: Labels;
    readonly tolerations?: readonly Toleration[];
    readonly annotations?: Labels;
  },
): Manifest {
  return {
    apiVersion: "v1",
    kind: "PodTemplate",
    metadata: { name, namespace },
    template: {
      metadata: {
        labels: { [QUEUE_LABEL]: queue, [PRIORITY_LABEL]: domain },
        ...(annotations && { annotations }),
      },
      spec: {
        restartPolicy: "Never",
        securityContext: { seccompProfile: { type: "RuntimeDefault" } },
        ...nodes,
        // Flyte builds each container of a task on these, by their names, and runs neither.
        initContainers: [base("default-init")],
        containers: [base("default")],
      },
    },
  };
}

function base(name: string) {
  return { name, image: PLACEHOLDER_IMAGE, securityContext: { allowPrivilegeEscalation: false } };
}
