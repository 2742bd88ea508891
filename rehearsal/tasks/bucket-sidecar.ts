import type { Pod } from "../api/objects";

const IMAGE = "gke.gcr.io/gcs-fuse-csi-driver-sidecar-mounter:v1.21.4-gke.2";
const resources = ["cpu", "memory", "ephemeral-storage"];

/**
 * The pod as GKE's webhook has it before Kueue sees it: with what mounts its buckets, where its annotations ask for that. Of
 * an operator's job the webhook sees the pods alone, and Kueue has counted by then.
 */
export function withBucketSidecar(pod: Pod): Pod {
  const { annotations = {} } = pod.metadata;
  if (annotations["gke-gcsfuse/volumes"] !== "true") return pod;
  const amounts = (bound: string) =>
    Object.fromEntries(
      resources.map((resource) => [resource, annotations[`gke-gcsfuse/${resource}-${bound}`] ?? "0"]),
    );
  const sidecar = {
    name: "gke-gcsfuse-sidecar",
    image: IMAGE,
    restartPolicy: "Always",
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    resources: { requests: amounts("request"), limits: amounts("limit") },
  };
  return { ...pod, spec: { ...pod.spec, initContainers: [sidecar] } };
}
