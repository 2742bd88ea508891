import type { PodTemplate } from "../../../rehearsal/api/objects";
import { flytePod } from "../../../rehearsal/tasks/pod";
import { type PyTorchJob, pytorchJob } from "../../../rehearsal/tasks/pytorch-job";
import { endOf, isHeld } from "../../../rehearsal/tasks/work";
import { task } from "../support/result";

const QUEUE = "kueue.x-k8s.io/queue-name";

const template: PodTemplate = {
  apiVersion: "v1",
  kind: "PodTemplate",
  metadata: { name: "h100-dws", namespace: "search-development" },
  template: {
    metadata: { labels: { [QUEUE]: "h100-dws" } },
    spec: { restartPolicy: "Never", containers: [{ name: "default" }] },
  },
};

interface Spec {
  readonly elasticPolicy: object;
  readonly runPolicy?: object;
  readonly pytorchReplicaSpecs: {
    readonly Worker: { readonly template: { readonly metadata: { readonly annotations: object } } };
  };
}

const specOf = (job: PyTorchJob) => job.spec as Spec;
const job = (attempt = 0, failsMs?: number) =>
  pytorchJob(task("train", { nodes: 4 }), attempt, template, {
    runsMs: 1500,
    ...(failsMs !== undefined && { failsMs }),
  });

describe("a PyTorchJob as Flyte makes it", () => {
  test("is in the CPU queue itself: a PodTemplate's labels reach its pods alone", () => {
    expect(job().metadata.labels).toMatchObject({ [QUEUE]: "tasks", "execution-id": "train" });
    expect(specOf(job()).pytorchReplicaSpecs.Worker.template).toMatchObject({
      metadata: { labels: { [QUEUE]: "h100-dws", "execution-id": "train" } },
    });
  });

  test("has one worker a node, each as the pod of a plain task, in a container called pytorch", () => {
    const { spec } = flytePod(task("train"), 0, template, 1500);
    expect(specOf(job())).toMatchObject({
      elasticPolicy: { minReplicas: 4, maxReplicas: 4, nProcPerNode: 8 },
      pytorchReplicaSpecs: {
        Worker: {
          replicas: 4,
          restartPolicy: "Never",
          template: { spec: { ...spec, containers: [{ ...spec.containers[0], name: "pytorch" }] } },
        },
      },
    });
  });

  test("says nothing of what becomes of its pods at the end, which is why a policy must", () =>
    expect(specOf(job())).not.toHaveProperty("runPolicy"));

  test("fails in its first attempt, where the scenario wants it", () => {
    const fails = (of: PyTorchJob) =>
      Object.keys(specOf(of).pytorchReplicaSpecs.Worker.template.metadata.annotations).includes(
        "rehearsal/fails-after",
      );
    expect([fails(job()), fails(job(0, 10)), fails(job(1, 10))]).toEqual([false, true, false]);
  });
});

describe("what Flyte sees of it", () => {
  const withCondition = (type: string, more: object = {}): PyTorchJob => ({
    ...job(),
    ...more,
    status: { conditions: [{ type, status: "True", reason: "ByTheTest" }] },
  });

  test("is held back while it is suspended", () => {
    expect(isHeld(job())).toBe(false);
    expect(isHeld({ ...job(), spec: { runPolicy: { suspend: true } } })).toBe(true);
  });

  test("ends with its last condition, and with its deletion", () => {
    expect(endOf(withCondition("Running"))).toBeUndefined();
    expect(endOf(withCondition("Succeeded"))).toEqual({ end: "succeeded" });
    expect(endOf(withCondition("Failed"))).toEqual({ end: "failed", reason: "ByTheTest" });
    const metadata = { ...job().metadata, deletionTimestamp: "2026-11-26T00:00:00Z" };
    expect(endOf(withCondition("Running", { metadata }))).toEqual({ end: "taken-away", reason: "Deleted" });
  });
});
