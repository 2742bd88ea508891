import type { Changes, Informer } from "../../../rehearsal/api/informer";
import type { KubeObject, Pod, ProvisioningRequest, Workload } from "../../../rehearsal/api/objects";
import { Clock } from "../../../rehearsal/objects/time";
import { Recorder } from "../../../rehearsal/story/recorder";
import { newAttempt } from "../../../rehearsal/story/task-story";
import { story, task } from "../support/result";

/** An informer that tells what the test tells it. */
class Told<T extends KubeObject> {
  private readonly seen = new Map<string, T>();
  private changes: Changes<T> | undefined;

  on(changes: Changes<T>): void {
    this.changes = changes;
  }

  get(key: string): T | undefined {
    return this.seen.get(key);
  }

  tell(object: T): void {
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    const before = this.seen.get(key);
    this.seen.set(key, object);
    this.changes?.changed(object, before);
  }

  asInformer(): Informer<T> {
    return this as unknown as Informer<T>;
  }
}

function recording(nodes = 1) {
  const attempt = newAttempt("ns/train-n0-0", 0, true);
  const [pods, workloads, requests] = [
    new Told<Pod>(),
    new Told<Workload>(),
    new Told<ProvisioningRequest>(),
  ];
  const attempts = [attempt];
  const stories = new Map([["train", story(task("train", { nodes }), attempts, "unfinished")]]);
  const informers = [pods.asInformer(), workloads.asInformer(), requests.asInformer()] as const;
  new Recorder(stories, new Clock(1), ...informers);
  return { attempt, attempts, pods, workloads, requests };
}

const metadata = { name: "train-n0-0", namespace: "ns" };
const owner = { apiVersion: "v1", kind: "Pod", name: "train-n0-0", uid: "1" };

function workload(reserved: boolean, more: Partial<Workload> = {}): Workload {
  return {
    apiVersion: "kueue.x-k8s.io/v1beta2",
    kind: "Workload",
    metadata: { name: "pod-train", namespace: "ns", ownerReferences: [owner] },
    spec: {},
    status: { conditions: [{ type: "QuotaReserved", status: reserved ? "True" : "False" }] },
    ...more,
  };
}

function pod(change: Partial<Pod["spec"]>, phase = "Pending"): Pod {
  return { apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [], ...change }, status: { phase } };
}

describe("the recorder", () => {
  test("writes down quota, the lifted gate and the run", () => {
    const { attempt, pods, workloads } = recording();
    pods.tell(pod({ schedulingGates: [{ name: "kueue.x-k8s.io/admission" }] }));
    expect([attempt.reserved, attempt.admitted]).toEqual([undefined, undefined]);
    workloads.tell(workload(true));
    pods.tell(pod({ nodeSelector: { gpu: "h100" } }));
    pods.tell(pod({ nodeName: "node", nodeSelector: { gpu: "h100" } }, "Running"));
    expect(attempt).toMatchObject({
      known: expect.any(Number),
      reserved: expect.any(Number),
      admitted: expect.any(Number),
      running: expect.any(Number),
      nodeSelector: { gpu: "h100" },
    });
  });

  test("starts the wait for quota anew when Kueue takes it back", () => {
    const { attempt, workloads } = recording();
    workloads.tell(workload(true));
    workloads.tell(workload(false));
    expect(attempt).toMatchObject({ reserved: undefined, requeued: 1 });
  });

  test("keeps the last reason of a rejection", () => {
    const { attempt, workloads } = recording();
    workloads.tell(workload(false, { spec: { active: false } }));
    const evicted = { type: "Evicted", status: "True", message: "no capacity" } as const;
    workloads.tell(workload(false, { spec: { active: false }, status: { conditions: [evicted] } }));
    expect(attempt.rejection).toEqual({ at: expect.any(Number), message: "no capacity" });
  });

  test("finds the task of a request by its workload", () => {
    const { attempt, workloads, requests } = recording();
    workloads.tell(workload(true));
    requests.tell({
      apiVersion: "autoscaling.x-k8s.io/v1",
      kind: "ProvisioningRequest",
      metadata: {
        name: "request-1",
        namespace: "ns",
        ownerReferences: [{ ...owner, kind: "Workload", name: "pod-train" }],
      },
      spec: { provisioningClassName: "queued-provisioning.gke.io", podSets: [] },
    });
    expect([...attempt.requests]).toEqual(["request-1"]);
  });
});

describe("the recorder of a gang", () => {
  const member = (index: number, phase: string, more: object = {}): Pod => ({
    ...pod({ nodeName: "node", nodeSelector: { gpu: "h100" } }, phase),
    metadata: {
      name: `train-n0-0-worker-${index}`,
      namespace: "ns",
      uid: `uid-${index}`,
      labels: { "training.kubeflow.org/job-name": "train-n0-0" },
      ...more,
    },
  });
  const members = (of: { members: ReadonlyMap<string, object> }) => [...of.members.keys()];

  test("lets it run when all of its pods do", () => {
    const { attempt, pods } = recording(2);
    pods.tell(member(0, "Running"));
    expect(attempt).toMatchObject({ admitted: expect.any(Number), nodeSelector: { gpu: "h100" } });
    expect(attempt.running).toBeUndefined();
    pods.tell(member(1, "Running"));
    expect(attempt.running).toEqual(expect.any(Number));
  });

  test("knows when each pod ended", () => {
    const { attempt, pods } = recording(2);
    pods.tell(member(0, "Running"));
    pods.tell(member(0, "Failed"));
    expect(attempt.members.get("uid-0")).toEqual({ running: expect.any(Number), ended: expect.any(Number) });
  });

  test("begins another part of the story when Kueue suspends it, and keeps the old pods in the old part", () => {
    const { attempt, attempts, pods, workloads } = recording(2);
    workloads.tell(workload(true));
    pods.tell(member(0, "Running"));
    const evicted = { type: "Evicted", status: "True", reason: "Preempted" } as const;
    workloads.tell(workload(false, { status: { conditions: [evicted] } }));
    expect(attempt).toMatchObject({ end: "taken-away", reason: "Preempted", ended: expect.any(Number) });
    expect(attempts).toHaveLength(2);
    pods.tell(member(0, "Failed"));
    pods.tell(member(0, "Running", { uid: "uid-of-the-next" }));
    expect([members(attempts[0]!), members(attempts[1]!)]).toEqual([["uid-0"], ["uid-of-the-next"]]);
  });

  test("counts the pods of a Ray cluster that ask for GPUs, not its head", () => {
    const { attempt, pods } = recording(2);
    const ofRay = (uid: string, limits: Readonly<Record<string, string>>): Pod => ({
      ...pod({ nodeName: "node", containers: [{ name: "ray", resources: { limits } }] }, "Running"),
      metadata: { name: uid, namespace: "ns", uid, labels: { "ray.io/cluster": "train-n0-0-x1y2z" } },
    });
    pods.tell(ofRay("head", { cpu: "2" }));
    pods.tell(ofRay("worker-1", { "nvidia.com/gpu": "8" }));
    expect(attempt.running).toBeUndefined();
    pods.tell(ofRay("worker-2", { "nvidia.com/gpu": "8" }));
    expect(members(attempt)).toEqual(["worker-1", "worker-2"]);
    expect(attempt.running).toEqual(expect.any(Number));
  });

  test("does not take the end of its work for a suspension", () => {
    const { attempts, pods, workloads } = recording(2);
    workloads.tell(workload(true));
    pods.tell(member(0, "Running"));
    workloads.tell(workload(false, { status: { conditions: [{ type: "Finished", status: "True" }] } }));
    expect(attempts).toHaveLength(1);
  });
});
