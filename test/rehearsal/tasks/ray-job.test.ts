import type { PodTemplate } from "../../../rehearsal/api/objects";
import type { PlannedTask } from "../../../rehearsal/scenarios/plan";
import { type RayJob, rayJob } from "../../../rehearsal/tasks/ray-job";
import { endOf, isHeld } from "../../../rehearsal/tasks/work";
import { task } from "../support/result";

const QUEUE = "kueue.x-k8s.io/queue-name";
const GPU = "nvidia.com/gpu";

const template: PodTemplate = {
  apiVersion: "v1",
  kind: "PodTemplate",
  metadata: { name: "tasks", namespace: "search-development" },
  template: {
    metadata: { labels: { [QUEUE]: "tasks", tier: "development" } },
    spec: { restartPolicy: "Never", containers: [{ name: "default" }] },
  },
};

interface PodOfRay {
  readonly metadata: { readonly labels: object; readonly annotations: object };
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly resources: { readonly limits: object };
    }[];
  };
}

interface Spec {
  readonly ttlSecondsAfterFinished: number;
  readonly submitterPodTemplate: PodOfRay;
  readonly rayClusterSpec: {
    readonly enableInTreeAutoscaling: boolean;
    readonly headGroupSpec: { readonly template: PodOfRay };
    readonly workerGroupSpecs: readonly { readonly template: PodOfRay }[];
  };
}

const job = (change: Partial<PlannedTask> = {}, plugin?: object): RayJob =>
  rayJob(task("tune", { nodes: 4, written: true, ray: true, ...change }), 0, template, {
    runsMs: 1500,
    factor: 180,
    ...(plugin && { plugin }),
  });
const specOf = (of: RayJob) => of.spec as unknown as Spec;

function podsOf(of: RayJob): PodOfRay[] {
  const { submitterPodTemplate, rayClusterSpec } = specOf(of);
  const workers = rayClusterSpec.workerGroupSpecs.map((group) => group.template);
  return [rayClusterSpec.headGroupSpec.template, ...workers, submitterPodTemplate];
}

describe("a RayJob as Flyte makes it", () => {
  test("is in the queue that its author wrote, with all its pods, and has what the default template says", () => {
    const labels = { [QUEUE]: "h100-dws", tier: "development", "execution-id": "tune" };
    expect(job().metadata.labels).toMatchObject(labels);
    expect(podsOf(job()).map((pod) => pod.metadata.labels)).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining(labels)),
    );
  });

  test("is in the queue of the template where the author forgot", () =>
    expect(job({ written: false }).metadata.labels).toMatchObject({ [QUEUE]: "tasks" }));

  test("asks for GPUs in its one group of workers", () => {
    const [group] = specOf(job()).rayClusterSpec.workerGroupSpecs;
    expect(group).toMatchObject({ replicas: 4, minReplicas: 4, maxReplicas: 4 });
    const asks = podsOf(job()).map(({ spec }) => {
      const [container] = spec.containers;
      return [container?.name, GPU in (container?.resources.limits ?? {})];
    });
    expect(asks).toEqual([
      ["ray-head", false],
      ["ray-worker", true],
      ["ray-submitter", false],
    ]);
  });

  test("ends with the pod that submits it; the others run until somebody takes them away", () =>
    expect(podsOf(job()).map((pod) => "rehearsal/runs-for" in pod.metadata.annotations)).toEqual([
      false,
      false,
      true,
    ]));

  test("keeps its cluster as long as Flyte's configuration says, and an hour where it says nothing", () => {
    const seconds = (of: RayJob) => specOf(of).ttlSecondsAfterFinished;
    expect([seconds(job()), seconds(job({}, { ttlSecondsAfterFinished: 360 }))]).toEqual([20, 2]);
  });

  test("changes its size where the author wants it", () => {
    const autoscales = (of: RayJob) => specOf(of).rayClusterSpec.enableInTreeAutoscaling;
    expect([autoscales(job()), autoscales(job({ autoscales: true }))]).toEqual([false, true]);
  });
});

describe("what Flyte sees of it", () => {
  const withStatus = (status: NonNullable<RayJob["status"]>): RayJob => ({ ...job(), status });

  test("is held back while it is suspended", () => {
    expect(isHeld(job())).toBe(false);
    expect(isHeld({ ...job(), spec: { suspend: true } })).toBe(true);
  });

  test("ends when its deployment does", () => {
    expect(endOf(withStatus({ jobDeploymentStatus: "Running", jobStatus: "SUCCEEDED" }))).toBeUndefined();
    expect(endOf(withStatus({ jobDeploymentStatus: "Complete", jobStatus: "SUCCEEDED" }))).toEqual({
      end: "succeeded",
    });
    expect(endOf(withStatus({ jobDeploymentStatus: "Failed", reason: "AppFailed" }))).toEqual({
      end: "failed",
      reason: "AppFailed",
    });
  });
});
