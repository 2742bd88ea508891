import { tenantObjects } from "../../../constructs/kueue/objects/tenant-objects";
import type { Queues } from "../../../constructs/kueue/types";
import type { Volumes } from "../../../constructs/volumes/types";
import { domains, everyMode, find, names } from "../kueue/queues";

const volumes: Volumes = {
  datasets: { bucket: "acme-datasets", readOnly: true, cacheGib: 2 },
  results: { bucket: "acme-results" },
  scratch: { filestore: { tier: "REGIONAL", sizeGib: 1024 } },
  weights: { claim: "weights", readOnly: true, flavors: ["h100-dws"] },
};
const fileServers = {
  scratch: { location: "us-central1", instance: "flyte-prod-files-scratch", address: "10.8.0.2" },
};
const having = (...named: string[]): Queues => ({
  ...everyMode,
  teams: { ...everyMode.teams, research: { ...everyMode.teams["research"]!, volumes: named } },
});
const vision = { domains, team: "research", project: "vision", domain: "development" };
const objectsWith = (...named: string[]) =>
  tenantObjects({ ...vision, queues: having(...named), volumes, fileServers });
const template = (of: ReturnType<typeof objectsWith>, name: string) =>
  find(of, "PodTemplate", name)["template"];
const mounts = (of: ReturnType<typeof objectsWith>, name: string) =>
  (template(of, name).spec.containers[0].volumeMounts ?? []).map(
    ({ mountPath }: { mountPath: string }) => mountPath,
  );

describe("a team's volumes", () => {
  const all = objectsWith("datasets", "results", "scratch", "weights");

  test("are under /mnt in every task of the team, whether it names a flavor or nothing", () => {
    const everywhere = ["/mnt/datasets", "/mnt/results", "/mnt/scratch"];
    for (const name of names(all, "PodTemplate").filter((each) => each !== "h100-dws"))
      expect([name, mounts(all, name)]).toEqual([name, everywhere]);
  });

  test("are with some flavors only where the volume says so", () => {
    expect(mounts(all, "h100-dws")).toContain("/mnt/weights");
    expect(mounts(all, "tasks")).not.toContain("/mnt/weights");
  });

  test("change nothing for a team that names none, whatever other teams have", () => {
    expect(objectsWith()).toEqual(tenantObjects({ ...vision, queues: everyMode }));
  });

  test("are a bucket by FUSE, a file server by its claim, and a claim by its name", () => {
    expect(template(all, "h100-dws").spec.volumes).toEqual([
      {
        name: "mnt-datasets",
        csi: {
          driver: "gcsfuse.csi.storage.gke.io",
          readOnly: true,
          volumeAttributes: {
            bucketName: "acme-datasets",
            mountOptions: "implicit-dirs",
            fileCacheCapacity: "2Gi",
            fileCacheForRangeRead: "true",
          },
        },
      },
      {
        name: "mnt-results",
        csi: {
          driver: "gcsfuse.csi.storage.gke.io",
          readOnly: false,
          volumeAttributes: { bucketName: "acme-results", mountOptions: "implicit-dirs" },
        },
      },
      { name: "mnt-scratch", persistentVolumeClaim: { claimName: "volume-scratch" } },
      { name: "mnt-weights", persistentVolumeClaim: { claimName: "weights", readOnly: true } },
    ]);
  });

  test("can be written by who is not root: a group has them", () => {
    expect(template(all, "tasks").spec.securityContext).toEqual({
      seccompProfile: { type: "RuntimeDefault" },
      fsGroup: 1000,
      fsGroupChangePolicy: "OnRootMismatch",
    });
  });
});

describe("what GKE puts beside a task that mounts buckets", () => {
  const amounts = (...named: string[]) => {
    const { annotations = {} } = template(objectsWith(...named), "tasks").metadata;
    return Object.fromEntries(
      Object.entries(annotations as Record<string, string>).map(([key, value]) => [
        key.replace("gke-gcsfuse/", ""),
        value,
      ]),
    );
  };

  test("is asked for with its amounts, the same as request and as limit", () => {
    expect(amounts("datasets")).toEqual({
      volumes: "true",
      "cpu-request": "250m",
      "cpu-limit": "250m",
      "memory-request": "256Mi",
      "memory-limit": "256Mi",
      "ephemeral-storage-request": "3Gi",
      "ephemeral-storage-limit": "3Gi",
    });
  });

  test("grows by the buckets, by what is written and by what is cached", () => {
    expect(amounts("datasets", "results")).toMatchObject({
      "memory-limit": "512Mi",
      "ephemeral-storage-limit": "7Gi",
    });
  });

  test("is not there without a bucket", () => {
    expect(amounts("scratch")).toEqual({});
  });

  test("leaves a flavor's own annotation where it is", () => {
    expect(template(objectsWith("datasets"), "l4").metadata.annotations).toMatchObject({
      "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
      "gke-gcsfuse/volumes": "true",
    });
  });
});

describe("the way to a file server", () => {
  const objects = objectsWith("scratch");

  test("is a volume that is this namespace's claim's before anybody else can claim it, and outlives it", () => {
    expect(find(objects, "PersistentVolume", "vision-development-volume-scratch")["spec"]).toMatchObject({
      claimRef: { namespace: "vision-development", name: "volume-scratch" },
      persistentVolumeReclaimPolicy: "Retain",
      storageClassName: "",
      csi: {
        driver: "filestore.csi.storage.gke.io",
        volumeHandle: "modeInstance/us-central1/flyte-prod-files-scratch/tasks",
        volumeAttributes: { ip: "10.8.0.2", volume: "tasks" },
      },
    });
    expect(find(objects, "PersistentVolumeClaim", "volume-scratch")["spec"]).toMatchObject({
      volumeName: "vision-development-volume-scratch",
      storageClassName: "",
      accessModes: ["ReadWriteMany"],
    });
  });

  test("fails without the server", () => {
    expect(() => tenantObjects({ ...vision, queues: having("scratch"), volumes })).toThrow(
      'volume "scratch" has no file server',
    );
  });
});
