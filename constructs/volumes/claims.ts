import type { Manifest } from "../kubernetes/manifest";
import { serverClaim } from "./pod-volumes";
import { SHARE } from "./share";
import type { NamedVolume } from "./types";

/** A file server that is there. */
export interface FileServer {
  /** Zone, or region. */
  readonly location: string;
  /** Name of the instance. */
  readonly instance: string;
  readonly address: string;
}

/** By the volume's name. */
export type FileServers = Readonly<Record<string, FileServer>>;

const FILESTORE = "filestore.csi.storage.gke.io";

/** Nobody reads it of a file server, and a claim's could not be raised with the server's. */
const SIZE = "1Gi";

/**
 * The way of a namespace's pods to its team's file servers: for each a volume that is bound to this one claim beforehand,
 * so that a claim of another namespace can't have it.
 */
export function serverClaims(
  namespace: string,
  volumes: readonly NamedVolume[],
  servers: FileServers,
): readonly Manifest[] {
  return volumes.flatMap(({ name, filestore }) => {
    const server = servers[name];
    if (filestore === undefined) return [];
    if (server === undefined) throw new Error(`volume ${JSON.stringify(name)} has no file server`);
    return [persistentVolume(namespace, name, server), claim(namespace, name)];
  });
}

const volumeName = (namespace: string, volume: string) => `${namespace}-${serverClaim(volume)}`;

const common = {
  accessModes: ["ReadWriteMany"],
  // None: GKE would make a file server of its own for the claim.
  storageClassName: "",
};

function persistentVolume(namespace: string, volume: string, server: FileServer): Manifest {
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: volumeName(namespace, volume) },
    spec: {
      ...common,
      capacity: { storage: SIZE },
      persistentVolumeReclaimPolicy: "Retain",
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name: serverClaim(volume) },
      csi: {
        driver: FILESTORE,
        volumeHandle: `modeInstance/${server.location}/${server.instance}/${SHARE}`,
        volumeAttributes: { ip: server.address, volume: SHARE },
      },
    },
  };
}

function claim(namespace: string, volume: string): Manifest {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: serverClaim(volume), namespace },
    spec: {
      ...common,
      volumeName: volumeName(namespace, volume),
      resources: { requests: { storage: SIZE } },
    },
  };
}
