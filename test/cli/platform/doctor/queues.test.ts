import { NOW, condition, examine, list, object } from "./examine";

describe("the claims of volumes", () => {
  const claims = "GET /api/v1/persistentvolumeclaims?limit=500";
  const team = { projects: ["vision"], cpu: 8, memoryGib: 32, volumes: ["scratch", "weights"] };
  const having = {
    volumes: {
      scratch: { filestore: { tier: "REGIONAL", sizeGib: 1024 } as const },
      weights: { claim: "weights" },
    },
    queues: { teams: { research: team } },
  };
  const claim = (name: string, phase: string) => ({
    ...object(name, { namespace: "vision-development" }),
    status: { phase },
  });
  const lines = async (...items: object[]) => {
    const { diagnoses } = await examine({ [claims]: list(...items) }, {}, having);
    return diagnoses.filter(({ part }) => part === "volumes");
  };

  test("are fine once they are bound", async () => {
    expect(await lines(claim("volume-scratch", "Bound"), claim("weights", "Bound"))).toEqual([
      { part: "volumes", subject: "2 claims", level: "ok", text: "bound" },
    ]);
  });

  test("are problems where they are missing, or wait: so does every task", async () => {
    expect(await lines(claim("volume-scratch", "Pending"))).toEqual([
      {
        part: "volumes",
        subject: "vision-development/volume-scratch",
        level: "problem",
        text: "not bound (Pending): tasks of this namespace wait for it",
        fix: "kubectl describe persistentvolumeclaim volume-scratch --namespace vision-development",
      },
      {
        part: "volumes",
        subject: "vision-development/weights",
        level: "problem",
        text: "no such claim: tasks of this namespace wait for ever",
        fix: "make a PersistentVolumeClaim weights in vision-development, or take the volume from the team",
      },
    ]);
  });
});

describe("what the cluster says", () => {
  test("an inactive queue or check is a problem, in Kueue's words", async () => {
    const { bad } = await examine({
      "GET /apis/kueue.x-k8s.io/v1beta2/admissionchecks": list({
        ...object("h100-dws-7d"),
        status: { conditions: [condition("Active", "False", "missing ProvisioningRequestConfig")] },
      }),
    });
    expect(bad).toEqual([
      {
        part: "checks",
        subject: "h100-dws-7d",
        level: "problem",
        text: "not active: missing ProvisioningRequestConfig",
        fix: "kubectl describe admissioncheck h100-dws-7d",
      },
    ]);
  });

  test("a namespace without a queue, and a project without a team, are told apart", async () => {
    const { bad } = await examine({
      "GET /apis/kueue.x-k8s.io/v1beta2/localqueues": list(
        object("tasks", { namespace: "vision-development" }),
      ),
      "GET /api/v1/namespaces": list(object("vision-development"), object("toys-development")),
    });
    expect(bad.map(({ subject, level, text }) => [subject, level, text])).toEqual([
      [
        "vision-development/h100-dws",
        "problem",
        "no such LocalQueue: tasks of team research wait for ever there",
      ],
      ["toys-development", "warning", "belongs to no team: nothing new runs in it"],
    ]);
  });

  test("a task that waits long says why; a young one and a running one say nothing", async () => {
    const task = (name: string, minutes: number, spec: object, ...conditions: object[]) => ({
      metadata: {
        name,
        namespace: "vision-development",
        creationTimestamp: new Date(NOW - minutes * 60_000).toISOString(),
      },
      spec: { queueName: "tasks", active: true, ...spec },
      status: { conditions },
    });
    const { bad } = await examine({
      "GET /apis/kueue.x-k8s.io/v1beta2/workloads": list(
        task("young", 5, {}, condition("QuotaReserved", "False", "couldn't assign flavors")),
        task("running", 90, {}, condition("Admitted", "True"), condition("QuotaReserved", "True")),
        task(
          "stuck",
          180,
          {},
          condition("QuotaReserved", "False", "insufficient unused quota for nvidia.com/gpu"),
        ),
        task("gone", 60, { active: false }, condition("Evicted", "True", "The workload is deactivated")),
      ),
    });
    expect(bad.map(({ subject, level, text }) => [subject, level, text])).toEqual([
      [
        "vision-development/stuck",
        "warning",
        "waits 3 h in queue tasks: insufficient unused quota for nvidia.com/gpu",
      ],
      ["vision-development/gone", "problem", "rejected in queue tasks: The workload is deactivated"],
    ]);
  });

  test("a failed request for nodes names Google's reason and what to do; a forgotten one how to be rid of it", async () => {
    const request = (name: string, hours: number, ...conditions: object[]) => ({
      metadata: {
        name,
        namespace: "vision-development",
        creationTimestamp: new Date(NOW - hours * 3_600_000).toISOString(),
      },
      status: { conditions },
    });
    const { bad } = await examine({
      "GET /apis/autoscaling.x-k8s.io/v1/provisioningrequests": list(
        request("failed", 1, condition("Failed", "True", "no quota", "QuotaExceeded")),
        request("forgotten", 72, condition("Accepted", "True", "queued")),
        request("fine", 1, condition("Provisioned", "False", "ETA 2 h")),
      ),
    });
    expect(bad).toEqual([
      {
        part: "requests",
        subject: "vision-development/forgotten",
        level: "warning",
        text: "waits 3 days: queued",
        fix: "if nobody expects that long a wait: kubectl delete provisioningrequest forgotten --namespace vision-development; Kueue makes a new one",
      },
      {
        part: "requests",
        subject: "vision-development/failed",
        level: "problem",
        text: "failed, QuotaExceeded: no quota",
        fix: "ask Google for more preemptible GPU quota (the quotas above)",
      },
    ]);
  });

  test("a control plane out of reach leaves the rest of the table", async () => {
    const { code, bad } = await examine({
      "GET /apis/kueue.x-k8s.io/v1beta2/workloads": { status: 503, body: { message: "etcd is away" } },
    });
    expect(code).toBe(2);
    expect(bad).toEqual([
      { part: "tasks", subject: "asking", level: "unknown", text: "etcd is away (HTTP 503)" },
    ]);
  });
});
