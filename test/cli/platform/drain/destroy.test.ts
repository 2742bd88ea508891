import type { Reply } from "../doctor/fake-google";
import { FakeGoogle } from "../doctor/fake-google";
import { Scripted, change } from "../scripted";

const CLUSTER = "GET /container/projects/acme/locations/us-central1/clusters/flyte-demo-cluster";
const QUEUES = "/apis/kueue.x-k8s.io/v1beta2/clusterqueues";
const RESUME = `kubectl patch clusterqueue research --type merge --patch '{"metadata":{"annotations":{"flyte-on-gke-autopilot/stop-policy-before-drain":null}},"spec":{"stopPolicy":"Hold"}}'`;

const list = (...items: object[]): Reply => ({ body: { items } });
const pod = (name: string, spec: object, more: object = {}) => ({
  metadata: {
    name,
    namespace: "vision-development",
    labels: { "kueue.x-k8s.io/managed": "true" },
    ...more,
  },
  spec,
  status: { phase: "Running" },
});
const running = pod("trains", { nodeName: "node-1" });
const gated = pod("waits", { schedulingGates: [{ name: "kueue.x-k8s.io/admission" }] });

/** A cluster in which team research runs one pod and has another in its queue. */
const busy: Record<string, Reply | readonly Reply[]> = {
  [CLUSTER]: { body: { status: "RUNNING", endpoint: "203.0.113.9" } },
  "GET /api/v1/namespaces": list(
    { metadata: { name: "vision-development", labels: { "kueue-managed": "true" } } },
    { metadata: { name: "kube-system" } },
  ),
  "GET /api/v1/pods": list(running, gated, { metadata: { name: "dns", namespace: "kube-system" } }),
  "GET /api/v1/nodes": list({ metadata: { name: "node-1" } }),
  "GET /apis/kueue.x-k8s.io/v1beta2/workloads": list(),
  "GET /apis/kueue.x-k8s.io/v1beta2/localqueues": list({
    metadata: { name: "tasks", namespace: "vision-development" },
    spec: { clusterQueue: "research" },
  }),
  [`GET ${QUEUES}`]: list({
    metadata: { name: "research" },
    spec: { cohortName: "research", stopPolicy: "Hold" },
  }),
  [`PATCH ${QUEUES}/research`]: { body: {} },
  "GET /apis/apps/v1/namespaces/kueue-system/deployments": list({ metadata: { name: "kueue" } }),
};
const drained = { "GET /api/v1/pods": [busy["GET /api/v1/pods"], list(running), list(gated)] as Reply[] };

let google: FakeGoogle;
let scripted: Scripted;
afterEach(async () => {
  await scripted.close();
  await google.stop();
});

async function open(replies: Record<string, Reply | readonly Reply[]>, applyCode = 0): Promise<void> {
  google = await FakeGoogle.start(replies);
  const cluster = { name: "flyte-demo-cluster", location: "us-central1", project: "acme" };
  scripted = await Scripted.open(
    {
      cluster: {
        extra: { resource: { google_container_cluster: { cluster } } },
        plan: [[change("delete", "google_service_account.nodes")]],
        applyCode,
      },
    },
    google.env,
  );
}

const destroy = (...options: readonly string[]) =>
  scripted.platform("destroy", "--confirm", "demo", ...options);

describe("destroy, while tasks run", () => {
  test("refuses before it plans, with what runs and waits by team, and what to do", async () => {
    await open(busy);
    const { code, stderr } = await destroy();
    expect(code).toBe(4);
    expect(stderr).toContain(
      [
        "team      running  waiting",
        "research  1        1",
        "demo: tasks run or wait, and a destroy would hang at them",
        `  → wait for their end; or end them, and lose what waits: npm run platform -- destroy demo --app ${scripted.folder}/app.js --drain`,
        "nothing was changed",
      ].join("\n"),
    );
    expect(google.asked.filter((key) => !key.startsWith("GET "))).toEqual([]);
    expect(scripted.calls.filter((call) => / (plan|apply)$/.test(call))).toEqual([]);
  });

  test("a job that waits in a queue and has no pods yet counts", async () => {
    const job = { metadata: { name: "ray", namespace: "vision-development" }, spec: { queueName: "tasks" } };
    await open({
      ...busy,
      "GET /api/v1/pods": list(),
      "GET /apis/kueue.x-k8s.io/v1beta2/workloads": list(job),
    });
    expect((await destroy()).stderr).toContain("research  0        1\n");
  });

  test("--drain holds the queues, waits until nothing runs, and then destroys", async () => {
    await open({ ...busy, ...drained });
    const { code, stdout, stderr } = await destroy("--drain");
    expect(stderr).toContain("draining: 1 still hold a queue");
    expect([code, stdout.split("\n").at(-2)]).toEqual([0, "demo: destroyed"]);
    expect(google.sent[`PATCH ${QUEUES}/research`]).toMatchObject({ spec: { stopPolicy: "HoldAndDrain" } });
    expect(scripted.calls).toContain("demo-cluster apply");
  });

  test("half gone: says how it goes on, with --drain, because what waits still waits", async () => {
    await open({ ...busy, ...drained }, 1);
    const { code, stderr } = await destroy("--drain");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\n {2}→ to go on once the cause is gone: npm run platform -- destroy demo --app \S+ --drain\n$/,
    );
  });

  test("--drain without the confirmation holds nothing", async () => {
    await open(busy);
    const { code } = await scripted.platform("destroy", "--drain", "--confirm", "other");
    expect(code).toBe(4);
    expect(google.sent).toEqual({});
  });

  test("Ctrl-C while it drains destroys nothing, and says how the queues go on", async () => {
    await open(busy);
    scripted.onSleep = (stop) => Promise.resolve(stop.abort());
    const { code, stderr } = await destroy("--drain");
    expect(code).toBe(1);
    expect(stderr).toContain("demo: stopped while the queues were draining; nothing was destroyed\n");
    expect(stderr).toContain(`  → or to let the queues run again:\n    ${RESUME}\n`);
    expect(scripted.calls).not.toContain("demo-cluster apply");
  });

  test("a second try still knows how a queue was before the first", async () => {
    const held = {
      name: "research",
      annotations: { "flyte-on-gke-autopilot/stop-policy-before-drain": "Hold" },
    };
    await open({
      ...busy,
      [`GET ${QUEUES}`]: list({ metadata: held, spec: { stopPolicy: "HoldAndDrain" } }),
    });
    scripted.onSleep = (stop) => Promise.resolve(stop.abort());
    expect((await destroy("--drain")).stderr).toContain(RESUME);
  });

  test("a wait that is over is said with what still runs", async () => {
    await open(busy);
    const { code, stderr } = await destroy("--drain", "--drain-wait", "0.00001");
    expect(code).toBe(1);
    expect(stderr).toContain(
      "still not empty after 0 min: research 1 running, 1 waiting; nothing was destroyed",
    );
  });

  test("fails on a wait that is no number, before anything else", async () => {
    await open(busy);
    const { code, stderr } = await destroy("--drain-wait", "long");
    expect(code).toBe(4);
    expect(stderr).toContain('error: --drain-wait must be a number of minutes, got "long"');
  });
});

describe("destroy, where there is nobody to ask", () => {
  test.each([
    ["no cluster", { status: 404, body: {} }],
    ["a cluster that failed", { body: { status: "ERROR" } }],
  ])("%s: goes on", async (_, reply) => {
    await open({ [CLUSTER]: reply });
    expect((await destroy()).code).toBe(0);
  });

  test("a cluster that can't be reached: says so, and goes on", async () => {
    await open({ ...busy, "GET /api/v1/pods": { status: 403, body: { message: "pods is forbidden" } } });
    const { code, stderr } = await destroy();
    expect(code).toBe(0);
    expect(stderr).toContain(
      "the cluster can't be asked what runs in it, so nothing is waited for: pods is forbidden (HTTP 403)\n",
    );
  });
});

describe("what hangs", () => {
  const old = {
    deletionTimestamp: "2026-01-01T00:00:00Z",
    finalizers: ["kueue.x-k8s.io/managed", "flyte/x"],
  };
  const path = "/api/v1/namespaces/vision-development/pods/trains";

  test("a pod of a node that is gone is told with its command, and ended by --drain", async () => {
    const left = list(pod("trains", { nodeName: "node-9" }, old));
    const replies = { ...busy, [`DELETE ${path}`]: { body: {} } };
    await open({ ...replies, "GET /api/v1/pods": [left, left, list()] });
    const { code, stderr } = await destroy("--drain");
    expect(stderr).toContain(
      [
        "pod vision-development/trains is left from node node-9, which is gone",
        "  → kubectl delete pod trains --namespace vision-development --force --grace-period 0",
      ].join("\n"),
    );
    expect(code).toBe(0);
    expect(google.sent[`DELETE ${path}`]).toEqual({ gracePeriodSeconds: 0 });
  });

  test("a pod on a node that is there is left to a person", async () => {
    await open({ ...busy, "GET /api/v1/pods": list(pod("trains", { nodeName: "node-1" }, old)) });
    const { stderr } = await destroy("--drain", "--drain-wait", "0.00001");
    expect(stderr).toContain(
      "pod vision-development/trains does not end; does its node node-1 still answer?",
    );
    expect(google.asked.filter((key) => key.startsWith("DELETE"))).toEqual([]);
  });

  test("what keeps a namespace from being deleted is told, and keeps nothing from being destroyed", async () => {
    const conditions = [
      { type: "Available", status: "False", reason: "FailedDiscoveryCheck", message: "no response" },
    ];
    await open({
      ...busy,
      "GET /api/v1/pods": list(),
      "GET /apis/apiregistration.k8s.io/v1/apiservices": list({
        metadata: { name: "v1beta2.visibility.kueue.x-k8s.io" },
        status: { conditions },
      }),
      "GET /api/v1/namespaces": list({
        metadata: { name: "flyte", deletionTimestamp: old.deletionTimestamp },
        status: { phase: "Terminating", conditions: [{ status: "True", message: "flyte/x in 1 resource" }] },
      }),
    });
    const { code, stderr } = await destroy();
    expect(code).toBe(0);
    expect(stderr).toContain(
      "v1beta2.visibility.kueue.x-k8s.io does not answer, FailedDiscoveryCheck: no response; a destroy may hang at that\n  → kubectl ",
    );
    expect(stderr).toContain(
      "flyte hangs in Terminating: flyte/x in 1 resource; a destroy may hang at that\n  → kubectl get pods --namespace flyte ",
    );
  });

  test("finalizers of a Kueue that is gone are lifted by --drain, and no others", async () => {
    const queue = { metadata: { name: "research", deletionTimestamp: old.deletionTimestamp } };
    await open({
      ...busy,
      "GET /api/v1/pods": list(pod("trains", {}, old)),
      "GET /apis/apps/v1/namespaces/kueue-system/deployments": list(),
      [`GET ${QUEUES}`]: list(queue),
      [`PATCH ${path}`]: { body: {} },
    });
    expect((await destroy("--drain")).code).toBe(0);
    expect(google.sent[`PATCH ${path}`]).toEqual({ metadata: { finalizers: ["flyte/x"] } });
    expect(google.sent[`PATCH ${QUEUES}/research`]).toEqual({ metadata: { finalizers: null } });
  });
});
