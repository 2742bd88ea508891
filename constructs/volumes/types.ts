/** Tiers of Filestore that tasks may have. */
export type FilestoreTier = "BASIC_HDD" | "BASIC_SSD" | "ZONAL" | "REGIONAL";

/** A file server of Google's, made for the environment. */
export interface Filestore {
  readonly tier: FilestoreTier;
  /** Shape: whole number of GiB, from the tier's least. Change: larger in place; smaller only where the tier can. */
  readonly sizeGib: number;
  /** For all tiers but REGIONAL. Change: replaces the server, and so its files. */
  readonly zone?: string;
}

/** What tasks of the teams that have it find under `/mnt/<name>`: one of `bucket`, `filestore` and `claim`. */
export interface Volume {
  /** Name of a bucket that exists, mounted by Cloud Storage FUSE. */
  readonly bucket?: string;

  /** A file server that all of them write to. */
  readonly filestore?: Filestore;

  /** Name of a PersistentVolumeClaim that somebody makes in each namespace of these teams. */
  readonly claim?: string;

  /** bucket, claim: nothing can be written. @default false */
  readonly readOnly?: boolean;

  /**
   * bucket: how much of what is read stays on the node's disk while the task runs.
   *
   * Shape: whole number of GiB.
   * @default - none
   */
  readonly cacheGib?: number;

  /**
   * claim: only tasks that name one of these flavors have it, for a disk that some nodes cannot take.
   *
   * @default - all tasks
   */
  readonly flavors?: readonly string[];
}

export type Volumes = Readonly<Record<string, Volume>>;

export function hasFileServers(volumes: Volumes): boolean {
  return Object.values(volumes).some(({ filestore }) => filestore !== undefined);
}

export interface NamedVolume extends Volume {
  /** Its key among the environment's volumes. */
  readonly name: string;
}

/** A volume that is not there is not mounted: a rule says so. */
export function volumesNamed(volumes: Volumes, names: readonly string[] = []): readonly NamedVolume[] {
  return names.flatMap((name) => {
    const volume = Object.hasOwn(volumes, name) ? volumes[name] : undefined;
    return volume === undefined ? [] : [{ ...volume, name }];
  });
}
