/** Keys that GKE puts on nodes, and that pods select nodes by. */

/** Type of the GPU. Autopilot refuses a GPU pod without it (or a ComputeClass). */
export const ACCELERATOR = "cloud.google.com/gke-accelerator";

/** `standard`, `spot` or `flex-start`. */
export const PROVISIONING = "cloud.google.com/gke-provisioning";

/** Label and taint of Spot nodes. */
export const SPOT = "cloud.google.com/gke-spot";

/** Label of flex-start nodes, and their taint when the pod that they were made for tolerates it. */
export const FLEX_START = "cloud.google.com/gke-flex-start";

/** Run limit of a flex-start node. GKE refuses it on queued provisioning. */
export const MAX_RUN_DURATION = "cloud.google.com/gke-max-run-duration-seconds";

/** Taint of nodes made for a ProvisioningRequest. */
export const QUEUED = "cloud.google.com/gke-queued";

/** Node label that names the ProvisioningRequest which a node was made for. */
export const PROVISIONING_REQUEST = "autoscaling.gke.io/provisioning-request";

export const RESERVATION_NAME = "cloud.google.com/reservation-name";
export const RESERVATION_AFFINITY = "cloud.google.com/reservation-affinity";
export const COMPUTE_CLASS = "cloud.google.com/compute-class";

/** The resource of GPU pods, and the taint of GPU nodes. */
export const GPU_RESOURCE = "nvidia.com/gpu";

/** A taint that no node has: on a flavor it tells Kueue to give it only to pods that tolerate it, those of its template. */
export const FLAVOR_TAINT = "flavor-of-pod-template";

/** Annotation of a pod: "false" makes it one with an extended run time on Autopilot. */
export const SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";
