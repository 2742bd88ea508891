import { QUEUE_LABEL } from "./local-queues";
import type { Labels, Manifest, Toleration } from "../../kubernetes/manifest";
import { TASKS } from "../names";
import { SAFE_TO_EVICT } from "../node-labels";
import { PRIORITY_LABEL } from "./priorities";
import type { ProvisioningMode, ResolvedFlavor } from "../provisioning";
import { provisioningModes, resolveFlavor } from "../provisioning";
import type { Flavor } from "../types";
import { podVolumes } from "../../volumes/pod-volumes";
import type { NamedVolume } from "../../volumes/types";

/**
 * Kubernetes wants an image where Flyte puts the task's. With a tag, so that the pull policy which Kubernetes fills in,
 * and Flyte hands on, is IfNotPresent.
 */
const PLACEHOLDER_IMAGE = "registry.k8s.io/pause:3.10";

export interface PodTemplateProps {
  readonly namespace: string;

  /** Flyte domain: what its tasks' priority is. */
  readonly domain: string;

  /** What its team's tasks find mounted. @default none */
  readonly volumes?: readonly NamedVolume[];
}

/** What a task gets that names no template: Flyte's `default-pod-template-name` is `tasks`. */
export function defaultPodTemplate(props: PodTemplateProps): Manifest {
  return podTemplate(TASKS, TASKS, ofFlavor(props, undefined), {});
}

/** What a task gets that names the flavor: the nodes, the queue, the tolerations and the run limit, in one word. */
export function flavorPodTemplate(name: string, flavor: Flavor, props: PodTemplateProps): Manifest {
  const mode: ProvisioningMode = provisioningModes[flavor.provisioning];
  const resolved: ResolvedFlavor = resolveFlavor(name, flavor);
  const tolerations = mode.podTolerations(resolved);
  return podTemplate(name, mode.queue === "own" ? name : TASKS, ofFlavor(props, name), {
    nodeSelector: mode.podSelector(resolved),
    ...(tolerations.length > 0 && { tolerations }),
    annotations: resolved.extendedRunTime ? { [SAFE_TO_EVICT]: "false" } : undefined,
  });
}

/** Some volumes are for tasks of some flavors only. */
function ofFlavor(props: PodTemplateProps, name: string | undefined): PodTemplateProps {
  const has = ({ flavors }: NamedVolume) =>
    flavors === undefined || (name !== undefined && flavors.includes(name));
  return { ...props, volumes: props.volumes?.filter(has) };
}

function podTemplate(
  name: string,
  queue: string,
  { namespace, domain, volumes = [] }: PodTemplateProps,
  {
    annotations,
    ...nodes
  }: {
    readonly nodeSelector?: Labels;
    readonly tolerations?: readonly Toleration[];
    readonly annotations?: Labels;
  },
): Manifest {
  const mounted = podVolumes(volumes);
  const notes = { ...annotations, ...mounted?.annotations };
  return {
    apiVersion: "v1",
    kind: "PodTemplate",
    metadata: { name, namespace },
    template: {
      metadata: {
        labels: { [QUEUE_LABEL]: queue, [PRIORITY_LABEL]: domain },
        ...(Object.keys(notes).length > 0 && { annotations: notes }),
      },
      spec: {
        restartPolicy: "Never",
        securityContext: { seccompProfile: { type: "RuntimeDefault" }, ...mounted?.securityContext },
        ...nodes,
        // Flyte builds each container of a task on these, by their names, and runs neither.
        initContainers: [base("default-init")],
        containers: [{ ...base("default"), ...(mounted && { volumeMounts: mounted.volumeMounts }) }],
        ...(mounted && { volumes: mounted.volumes }),
      },
    },
  };
}

function base(name: string) {
  return { name, image: PLACEHOLDER_IMAGE, securityContext: { allowPrivilegeEscalation: false } };
}
