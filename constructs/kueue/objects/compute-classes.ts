import type { Manifest } from "../../kubernetes/manifest";
import { byName } from "../../kubernetes/manifest";
import type { ResolvedFlavor } from "../provisioning";
import { resolveFlavor } from "../provisioning";
import type { LadderStep, Queues } from "../types";

/** What a step asks of GKE, beside the GPU. */
const steps: Readonly<Record<LadderStep, (flavor: ResolvedFlavor) => object>> = {
  reservation: ({ reservation }) => ({
    reservations: { affinity: "Specific", specific: [{ name: reservation }] },
  }),
  "on-demand": () => ({ spot: false }),
  "flex-start": ({ maxRunSeconds }) => ({
    flexStart: { enabled: true },
    maxRunDurationSeconds: maxRunSeconds,
  }),
  spot: () => ({ spot: true }),
};

/** The ladders, as GKE takes them. Nothing at all without one. */
export function computeClasses({ flavors }: Pick<Queues, "flavors">): Manifest[] {
  return byName(flavors)
    .filter(([, flavor]) => flavor.provisioning === "ladder")
    .map(([name, flavor]) => computeClass(resolveFlavor(name, flavor)));
}

function computeClass(flavor: ResolvedFlavor): Manifest {
  const gpu = { type: flavor.accelerator, count: flavor.gpusPerNode };
  return {
    apiVersion: "cloud.google.com/v1",
    kind: "ComputeClass",
    metadata: { name: flavor.name },
    spec: {
      priorities: (flavor.ladder ?? []).map((step) => ({ gpu, ...steps[step](flavor) })),
      nodePoolAutoCreation: { enabled: true },
      // The other choice is any node at all, without a GPU.
      whenUnsatisfiable: "DoNotScaleUp",
    },
  };
}
