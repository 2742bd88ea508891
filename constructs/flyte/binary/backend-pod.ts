import { backendName } from "../chart";
import { databasePasswordVolume } from "../database-password";
import type { FlyteImages } from "../images";
import type { Values } from "../values";

export interface BackendPod {
  readonly images: FlyteImages;
  readonly cpu: number;
  readonly memoryGib: number;
  readonly serviceAccount: string;
  readonly passwordVersion: number;
}

/** Flyte's one pod: the chart runs a single replica, and stops the old one before it starts the new. */
export function backendPodValues({ images, ...pod }: BackendPod): Values {
  const resources = { cpu: String(pod.cpu), memory: `${pod.memoryGib}Gi`, "ephemeral-storage": "1Gi" };
  const password = databasePasswordVolume();
  return {
    fullnameOverride: backendName,
    configuration: { "co-pilot": { image: { ...images.copilot } } },
    deployment: {
      image: { ...images.backend },
      // Autopilot sets limits to the requests, and bills what the largest container asks for.
      resources: { requests: resources, limits: resources },
      podSecurityContext: {
        enabled: true,
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      },
      securityContext: restricted,
      waitForDB: { image: { ...images.postgres }, securityContext: restricted },
      genAdminAuthSecret: { securityContext: restricted },
      // The first start makes the tables; the liveness probe would kill it after a minute.
      startupProbe: {
        httpGet: { path: "/healthcheck", port: "http" },
        periodSeconds: 5,
        failureThreshold: 120,
      },
      extraVolumes: [password.volume],
      extraVolumeMounts: [password.mount],
      // Flyte reads the password when it starts, and Helm does not see it change: this makes a new pod of a rotation.
      podAnnotations: { "flyte/database-password-version": String(pod.passwordVersion) },
      // Its servers drain in 10 s, then the process hangs on its informers: what is left is lost to an upgrade.
      extraPodSpec: { terminationGracePeriodSeconds: 30 },
    },
    serviceAccount: {
      create: true,
      name: backendName,
      annotations: { "iam.gke.io/gcp-service-account": pod.serviceAccount },
    },
    // Ours instead: rights/.
    rbac: { create: false },
  };
}

/** What Pod Security's "restricted" asks of every container. */
const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } as const;
