import type { Values } from "./values";

/** Where the password's file is mounted. Flyte reads it once, when it starts. */
const passwordMount = "/etc/flyte/db";
export const passwordPath = `${passwordMount}/password`;

/** Name of the SecretProviderClass, of its release and of the volume. */
export const passwordName = "flyte-database-password";

/**
 * Tells GKE's Secret Manager add-on to fetch the newest version of a secret. The pod's own identity fetches it, when
 * the pod starts; nothing is copied into a Kubernetes Secret.
 *
 * @see cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component
 */
export function databasePasswordClass(project: string, secret: string): object {
  return {
    apiVersion: "secrets-store.csi.x-k8s.io/v1",
    kind: "SecretProviderClass",
    metadata: { name: passwordName },
    spec: {
      provider: "gke",
      parameters: {
        secrets: `- resourceName: projects/${project}/secrets/${secret}/versions/latest\n  path: password\n`,
      },
    },
  };
}

/** The volume of a pod that reads the password. */
export function databasePasswordVolume(): { readonly volume: Values; readonly mount: Values } {
  return {
    volume: {
      name: passwordName,
      csi: {
        driver: "secrets-store-gke.csi.k8s.io",
        readOnly: true,
        volumeAttributes: { secretProviderClass: passwordName },
      },
    },
    mount: { name: passwordName, mountPath: passwordMount, readOnly: true },
  };
}
