import type { Manifest } from "../../kubernetes/manifest";
import { byName } from "../../kubernetes/manifest";
import { GENERAL_FLAVOR, GPU_HOSTS_FLAVOR, KUEUE_API } from "../names";
import { provisioningModes, resolveFlavor } from "../provisioning";
import { hasOwnQueue } from "./quotas";
import type { Flavor, Queues } from "../types";

/** `general` for CPU and memory, `gpu-hosts` for those that come with GPUs of queues of their own, one per GPU flavor. */
export function resourceFlavors(queues: Pick<Queues, "flavors">): Manifest[] {
  const names = Object.keys(queues.flavors);
  return [
    resourceFlavor(GENERAL_FLAVOR, {}),
    ...(names.some((name) => hasOwnQueue(queues, name)) ? [resourceFlavor(GPU_HOSTS_FLAVOR, {})] : []),
    ...byName(queues.flavors).map(([name, flavor]) => gpuFlavor(name, flavor)),
  ];
}

function gpuFlavor(name: string, flavor: Flavor): Manifest {
  const mode = provisioningModes[flavor.provisioning];
  const resolved = resolveFlavor(name, flavor);
  const nodeTaints = mode.nodeTaints(resolved);
  return resourceFlavor(name, {
    nodeLabels: mode.nodeLabels(resolved),
    ...(nodeTaints.length > 0 && { nodeTaints }),
    tolerations: mode.addedTolerations,
  });
}

function resourceFlavor(name: string, spec: object): Manifest {
  return { apiVersion: KUEUE_API, kind: "ResourceFlavor", metadata: { name }, spec };
}
