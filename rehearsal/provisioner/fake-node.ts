import type { KubeApi } from "../api/client";
import type { Node, Taint } from "../api/objects";

/** Machines for everything without a GPU; Autopilot adds them as needed, here they are there from the start. */
export async function makeGeneralNodes(api: KubeApi, count = 4): Promise<void> {
  const resources = { cpu: "10k", memory: "64Ti" };
  const names = Array.from({ length: count }, (_, index) => `general-${index + 1}`);
  await Promise.all(names.map((name) => api.create(fakeNode(name, {}, [], resources))));
}

/** A node that KWOK plays: its annotation says so. */
export function fakeNode(
  name: string,
  labels: Readonly<Record<string, string>>,
  taints: readonly Taint[],
  resources: Readonly<Record<string, string>>,
): Node {
  const allocatable = { pods: "1k", "ephemeral-storage": "100Ti", ...resources };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      annotations: { "kwok.x-k8s.io/node": "fake" },
      labels: { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux", ...labels },
    },
    spec: { taints },
    status: { allocatable, capacity: allocatable },
  } as Node;
}
