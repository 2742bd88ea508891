import type { Labels } from "../kubernetes/manifest";
import { sidecarAnnotations, sidecarOf } from "./sidecar";
import type { NamedVolume } from "./types";

/** Where tasks find their team's volumes. */
export const MOUNTS = "/mnt";

export const GCS_FUSE = "gcsfuse.csi.storage.gke.io";

/** Claim of a file server, the same in every namespace that has it. */
export const serverClaim = (volume: string) => `volume-${volume}`;

/** In a pod, where an author's own volumes are as well. */
const podName = (volume: string) => `mnt-${volume}`;

/**
 * Group of what tasks share: images of tasks seldom run as root, and what a volume holds would be root's alone. Of a file
 * server the first task that mounts it gives the top folder to the group, which takes a moment once; a bucket shows all
 * of its objects as the group's.
 *
 * @see cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/filestore-csi-driver (2026-11)
 */
const GROUP = 1000;

/** What a PodTemplate says of the volumes. */
export interface PodVolumes {
  readonly annotations: Labels;
  readonly securityContext: object;
  readonly volumes: readonly object[];
  readonly volumeMounts: readonly object[];
}

/** Nothing where there are none. */
export function podVolumes(volumes: readonly NamedVolume[]): PodVolumes | undefined {
  if (volumes.length === 0) return undefined;
  const sidecar = sidecarOf(volumes);
  return {
    annotations: sidecar ? sidecarAnnotations(sidecar) : {},
    securityContext: { fsGroup: GROUP, fsGroupChangePolicy: "OnRootMismatch" },
    volumes: volumes.map((volume) => ({ name: podName(volume.name), ...sourceOf(volume) })),
    volumeMounts: volumes.map(({ name, readOnly }) => ({
      name: podName(name),
      mountPath: `${MOUNTS}/${name}`,
      ...(readOnly && { readOnly }),
    })),
  };
}

function sourceOf({ name, bucket, claim, readOnly = false, cacheGib }: NamedVolume) {
  if (bucket === undefined)
    return {
      persistentVolumeClaim: { claimName: claim ?? serverClaim(name), ...(readOnly && { readOnly }) },
    };
  return {
    csi: {
      driver: GCS_FUSE,
      readOnly,
      volumeAttributes: {
        bucketName: bucket,
        // Without it only folders that are objects of their own can be seen, which those of most tools are not.
        mountOptions: "implicit-dirs",
        ...(cacheGib !== undefined && {
          fileCacheCapacity: `${cacheGib}Gi`,
          // Else a reader that starts in the middle of a file, as one of a shuffled data set does, is never cached.
          fileCacheForRangeRead: "true",
        }),
      },
    },
  };
}
