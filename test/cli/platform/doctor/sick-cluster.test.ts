import type { EnvironmentConfig } from "../../../../src/environment/schema";
import type { Reply } from "./fake-google";
import { NOW, condition, examine, list, object } from "./examine";

const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const visibility = {
  ...object("v1beta2.visibility.kueue.x-k8s.io"),
  spec: { service: { namespace: "kueue-system", name: "kueue-visibility-server" } },
  status: {
    conditions: [condition("Available", "False", "no response from 10.4.0.9:8082", "FailedDiscoveryCheck")],
  },
};
const service = { namespace: "kueue-system", name: "kueue-webhook-service" };
const webhook = (caBundle: string, failurePolicy = "Fail") => ({
  failurePolicy,
  clientConfig: { service, caBundle },
});
const slice = (ready: boolean) => ({
  metadata: {
    name: "kueue-webhook-service-x",
    namespace: "kueue-system",
    labels: { "kubernetes.io/service-name": "kueue-webhook-service" },
  },
  endpoints: [{ conditions: { ready } }],
});
const MUTATING = "GET /apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
const SLICES = "GET /apis/discovery.k8s.io/v1/endpointslices";

describe("a sick cluster", () => {
  test("an aggregated API that does not answer is a problem, with its reason", async () => {
    const { code, bad } = await examine({
      "GET /apis/apiregistration.k8s.io/v1/apiservices": list(object("v1.apps"), visibility),
    });
    expect(code).toBe(2);
    expect(bad).toEqual([
      {
        part: "cluster APIs",
        subject: "v1beta2.visibility.kueue.x-k8s.io",
        level: "problem",
        text: "does not answer, FailedDiscoveryCheck: no response from 10.4.0.9:8082",
        fix: "the control plane can't reach its port, or its pods are ill; the firewall rule: npm run platform -- deploy dev; the pods: kubectl get endpointslices --namespace kueue-system --selector kubernetes.io/service-name=kueue-visibility-server; kubectl get pods --namespace kueue-system",
      },
    ]);
  });

  test("a namespace that hangs in Terminating says what it waits for; one just deleted says nothing", async () => {
    const terminating = (name: string, minutes: number, ...conditions: object[]) => ({
      ...object(name, { deletionTimestamp: ago(minutes) }),
      status: { phase: "Terminating", conditions },
    });
    const { diagnoses } = await examine({
      "GET /api/v1/namespaces": list(
        object("vision-development"),
        terminating("young", 1),
        terminating(
          "flyte",
          9,
          condition("NamespaceDeletionDiscoveryFailure", "True", "Discovery failed for some groups"),
          condition("NamespaceContentRemaining", "False", "nothing remains"),
        ),
        terminating("old", 9, condition("NamespaceFinalizersRemaining", "True", "flyte/x in 1 resource")),
      ),
    });
    expect(diagnoses.filter(({ part }) => part === "namespaces")).toEqual([
      {
        part: "namespaces",
        subject: "flyte",
        level: "problem",
        text: "hangs in Terminating: Discovery failed for some groups",
        fix: "mend the API that does not answer; the namespace goes by itself then",
      },
      {
        part: "namespaces",
        subject: "old",
        level: "problem",
        text: "hangs in Terminating: flyte/x in 1 resource",
        fix: "kubectl get pods --namespace old --output custom-columns=NAME:.metadata.name,FINALIZERS:.metadata.finalizers; what may be lifted: docs/queues.md#destroy",
      },
    ]);
  });

  const silent: readonly [string, object, boolean, string, string][] = [
    [
      "nobody behind its Service",
      webhook("Q0E="),
      false,
      "problem",
      "has no ready endpoint; what it judges is refused",
    ],
    [
      "nobody behind one that is ignored",
      webhook("Q0E=", "Ignore"),
      false,
      "warning",
      "has no ready endpoint; what it judges passes unseen",
    ],
    [
      "no CA bundle",
      webhook(""),
      true,
      "problem",
      "is called without a CA bundle: its controller has not filled it in; what it judges is refused",
    ],
  ];
  test.each(silent)("a webhook with %s", async (_, one, ready, level, text) => {
    const { bad } = await examine({
      [MUTATING]: list({ ...object("kueue-mutating"), webhooks: [one, one] }),
      [SLICES]: list(slice(ready)),
    });
    expect(bad.map((each) => [each.subject, each.level, each.text])).toEqual([
      ["kueue-mutating", level, `kueue-system/kueue-webhook-service ${text}`],
    ]);
  });

  test("Kueue without a pod is a problem", async () => {
    const deployment = { ...object("kueue-controller-manager"), spec: { replicas: 2 }, status: {} };
    const { bad } = await examine({
      "GET /apis/apps/v1/namespaces/kueue-system/deployments": list(deployment),
    });
    expect(bad).toEqual([
      {
        part: "Kueue",
        subject: "kueue-controller-manager",
        level: "problem",
        text: "0 of 2 ready",
        fix: "kubectl describe pods --namespace kueue-system; kubectl logs --namespace kueue-system deployment/kueue-controller-manager",
      },
    ]);
  });

  describe("add-ons", () => {
    const deployments = "GET /apis/apps/v1/namespaces/training-operator/deployments";
    const operator = (ready: number) =>
      list({
        ...object("training-operator"),
        spec: { replicas: 1 },
        status: { availableReplicas: ready },
      });
    const served = (...names: string[]): Reply => ({
      body: { resources: names.map((name) => ({ name })) },
    });
    const KUBEFLOW = "GET /apis/kubeflow.org/v1";
    const ADMISSION = "GET /apis/admissionregistration.k8s.io/v1";
    const lines = async (replies: Record<string, Reply>, more: Partial<EnvironmentConfig> = {}) => {
      const { diagnoses } = await examine(replies, {}, { addOns: { training: {} }, ...more });
      return diagnoses
        .filter(({ part }) => part === "add-ons")
        .map(({ subject, level, text, fix }) => [subject, level, text, fix]);
    };

    test("are fine with their pods and their kinds", async () =>
      expect(await lines({ [deployments]: operator(1), [KUBEFLOW]: served("pytorchjobs") })).toEqual([
        ["training-operator", "ok", "1 of 1 ready", undefined],
        ["pytorchjobs.kubeflow.org", "ok", "served, v1", undefined],
      ]));

    test("come with the deploy", async () =>
      expect(await lines({})).toEqual([
        ["training-operator", "later", "not deployed", undefined],
        ["pytorchjobs.kubeflow.org", "later", "not deployed", undefined],
      ]));

    test("without a pod or without their kind are a problem", async () =>
      expect(await lines({ [deployments]: operator(0), [KUBEFLOW]: served("tfjobs") })).toEqual([
        [
          "training-operator",
          "problem",
          "0 of 1 ready",
          "kubectl describe pods --namespace training-operator; kubectl logs --namespace training-operator deployment/training-operator",
        ],
        [
          "pytorchjobs.kubeflow.org",
          "problem",
          "v1 is not served: no such job can be made",
          "npm run platform -- deploy dev",
        ],
      ]));

    const newer: readonly (readonly [served: string, line: readonly (string | undefined)[]])[] = [
      ["mutatingadmissionpolicies", ["ok", "served, v1", undefined]],
      [
        "validatingadmissionpolicies",
        [
          "problem",
          "v1 is not served",
          'until the cluster has Kubernetes 1.36, let authors write the labels: addOns: { training: { queueLabels: "written" } }',
        ],
      ],
    ];
    test.each(newer)(
      "that need a newer Kubernetes say so before the first deploy: %s",
      async (kind, line) => {
        const rapid = { cluster: { releaseChannel: "RAPID" } } as const;
        expect(await lines({ [ADMISSION]: served(kind) }, rapid)).toContainEqual([
          "mutatingadmissionpolicies.admissionregistration.k8s.io",
          ...line,
        ]);
      },
    );
  });

  test("warnings of the last hour are grouped, the most frequent first; old and ordinary ones are left out", async () => {
    const event = (reason: string, minutes: number, count: number, message = "x") => ({
      metadata: { name: `${reason}.${minutes}`, namespace: "flyte" },
      reason,
      message,
      count,
      lastTimestamp: ago(minutes),
      involvedObject: { kind: "Pod", name: "flyte-0" },
    });
    const many = ["A", "B", "C", "D", "E"].map((reason) => event(reason, 5, 1));
    const { code, bad } = await examine({
      "GET /api/v1/events": list(
        event("FailedMount", 50, 2, "first"),
        event("FailedMount", 2, 3, "secret\n  not found"),
        event("Old", 90, 100),
        event("FailedScheduling", 1, 100),
        ...many,
      ),
    });
    expect(code).toBe(0);
    expect(bad.map(({ subject }) => subject)).toEqual([
      "flyte/FailedMount",
      "flyte/A",
      "flyte/B",
      "flyte/C",
      "flyte/D",
    ]);
    expect(bad[0]).toMatchObject({
      level: "warning",
      text: "5 times, last of Pod flyte-0: secret not found",
      fix: "kubectl get events --namespace flyte --field-selector reason=FailedMount",
    });
  });
});
