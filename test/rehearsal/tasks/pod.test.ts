import type { PodTemplate } from "../../../rehearsal/api/objects";
import { sidecarAnnotations } from "../../../constructs/volumes/sidecar";
import { withBucketSidecar } from "../../../rehearsal/tasks/bucket-sidecar";
import { flytePod } from "../../../rehearsal/tasks/pod";
import { task } from "../support/result";

const template: PodTemplate = {
  apiVersion: "v1",
  kind: "PodTemplate",
  metadata: { name: "h100-dws", namespace: "search-development" },
  template: {
    metadata: { labels: { "kueue.x-k8s.io/queue-name": "h100-dws", domain: "of the template" } },
    spec: {
      restartPolicy: "Never",
      nodeSelector: { gpu: "h100" },
      containers: [{ name: "default", image: "pause", securityContext: { allowPrivilegeEscalation: false } }],
    },
  },
};

describe("a pod as GKE has it", () => {
  const pod = flytePod(task("train"), 1, template, 1500);

  test("is Flyte's where it mounts no bucket", () => expect(withBucketSidecar(pod)).toBe(pod));

  test("has beside it what mounts its buckets, with the amounts of the platform's templates", () => {
    const annotations = sidecarAnnotations({ milliCpu: 250, memoryMib: 512, diskGib: 7 });
    const mounting = { ...pod, metadata: { ...pod.metadata, annotations } };
    const amounts = { cpu: "250m", memory: "512Mi", "ephemeral-storage": "7Gi" };
    expect(withBucketSidecar(mounting).spec["initContainers"]).toEqual([
      expect.objectContaining({
        restartPolicy: "Always",
        resources: { requests: amounts, limits: amounts },
      }),
    ]);
  });
});

describe("a pod as Flyte makes it", () => {
  const pod = flytePod(task("train"), 1, template, 1500);

  test("is the template's, with the task's labels over it", () => {
    expect(pod.spec).toMatchObject({ restartPolicy: "Never", nodeSelector: { gpu: "h100" } });
    expect(pod.metadata.labels).toMatchObject({
      "kueue.x-k8s.io/queue-name": "h100-dws",
      project: "search",
      domain: "development",
      "execution-id": "train",
    });
  });

  test("has one container, built on the template's", () =>
    expect(pod.spec.containers).toEqual([
      {
        name: "train-n0-1",
        image: "ghcr.io/flyteorg/flytekit:py3.12-latest",
        args: ["pyflyte-fast-execute"],
        securityContext: { allowPrivilegeEscalation: false },
        resources: {
          requests: { cpu: "8", memory: "32Gi", "ephemeral-storage": "1Gi", "nvidia.com/gpu": "8" },
          limits: { cpu: "8", memory: "32Gi", "ephemeral-storage": "1Gi", "nvidia.com/gpu": "8" },
        },
      },
    ]));

  test("has Flyte's finalizer and owner, and runs as long as it is told", () => {
    expect(pod.metadata.finalizers).toEqual(["flyte.org/finalizer-k8s"]);
    expect(pod.metadata.ownerReferences?.[0]).toMatchObject({ kind: "flyteworkflow", controller: true });
    expect(pod.metadata.annotations).toMatchObject({ "rehearsal/runs-for": "1500ms" });
  });

  test("is changed as the user says: merge patches, of the container too", () => {
    const pod = {
      metadata: { labels: { "kueue.x-k8s.io/queue-name": null, own: "yes" } },
      spec: { nodeSelector: null, hostNetwork: true },
      container: { image: "other", securityContext: { privileged: true } },
    };
    const { metadata, spec } = flytePod(task("train", { pod }), 0, template, 1);
    expect(metadata.labels).toMatchObject({ own: "yes", project: "search" });
    expect(metadata.labels).not.toHaveProperty(["kueue.x-k8s.io/queue-name"]);
    expect(spec).not.toHaveProperty("nodeSelector");
    expect(spec).toMatchObject({
      hostNetwork: true,
      containers: [
        { image: "other", securityContext: { privileged: true, allowPrivilegeEscalation: false } },
      ],
    });
    expect(template.template.spec.nodeSelector).toEqual({ gpu: "h100" });
  });

  test("may wait in another queue", () => {
    const { metadata, spec } = flytePod(task("leader", { gpus: 0, queue: "other" }), 0, template, 1);
    expect(metadata.labels).toMatchObject({ "kueue.x-k8s.io/queue-name": "other" });
    expect(spec.containers[0]?.resources?.requests).not.toHaveProperty(["nvidia.com/gpu"]);
  });
});
