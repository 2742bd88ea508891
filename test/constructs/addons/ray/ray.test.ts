import { rayJobPolicies } from "../../../../constructs/addons/ray/job-policies";
import { ray } from "../../../../constructs/addons/ray/ray";
import { queueLinks } from "../../../../constructs/flyte/config/log-links";
import type { Attributes } from "../../../support/synth";

const tenants = ["vision-development", "vision-production"];
const context = {
  project: "acme-ml",
  mirrors: {},
  releaseChannel: "REGULAR",
  queuedFlavors: ["h100-dws"],
  tenants,
} as const;
const on = ray({}, context);

const plugin = (on.flyte?.config as Attributes)["ray"] as Attributes;

describe("a Ray cluster", () => {
  test("goes within a minute of its job, whose quota is free by then", () => {
    expect(plugin["shutdownAfterJobFinishes"]).toBe(true);
    expect(plugin["ttlSecondsAfterFinished"]).toBeGreaterThan(0);
    expect(plugin["ttlSecondsAfterFinished"]).toBeLessThanOrEqual(60);
  });

  test("opens no port on the nodes", () => expect(plugin["serviceType"]).toBe("ClusterIP"));
});

describe("the operator", () => {
  const chart = (on.releases ?? []).find(({ name }) => name === "ray-operator");
  const values = chart?.chart?.values as Attributes;
  const [rights] = (on.releases ?? []).find(({ name }) => name === "ray-operator-rights")
    ?.manifests as unknown as Attributes[];
  const [binding, network] = [...(on.tenant?.("vision-development") ?? [])] as Attributes[];

  test("is KubeRay's chart at one version, after its rights", () => {
    expect(chart?.chart).toMatchObject({ name: "kuberay-operator", version: "1.6.2" });
    expect(chart?.after).toEqual(["ray-operator-rights"]);
  });

  test("looks at the namespaces of tasks alone, and brings no rights of its own", () => {
    expect(values).toMatchObject({ watchNamespace: tenants, rbacEnable: false });
    expect(rights!["kind"]).toBe("ClusterRole");
    expect(binding).toMatchObject({
      kind: "RoleBinding",
      metadata: { namespace: "vision-development" },
      roleRef: { kind: "ClusterRole", name: rights!["metadata"].name },
      subjects: [{ kind: "ServiceAccount", name: "kuberay-operator", namespace: chart!.namespace }],
    });
    const kinds = [...(on.releases ?? []).flatMap(({ manifests = [] }) => manifests), binding, network];
    expect(kinds.map((each) => each!["kind"])).not.toContain("ClusterRoleBinding");
  });

  test("may make neither roles nor Secrets", () => {
    const rules = rights!["rules"] as { resources: string[]; verbs: string[] }[];
    const may = (resource: string) =>
      rules.filter(({ resources }) => resources.includes(resource)).flatMap(({ verbs }) => verbs);
    for (const resource of ["roles", "rolebindings", "serviceaccounts", "pods/exec"])
      expect(may(resource)).toEqual([]);
    expect(may("secrets")).toEqual(["list", "watch"]);
  });

  test("reaches the dashboards of heads, and nothing else in a namespace of tasks", () => {
    expect(network!["spec"]).toEqual({
      podSelector: { matchLabels: { "ray.io/node-type": "head" } },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kuberay-operator" } },
              podSelector: { matchLabels: { "app.kubernetes.io/name": "kuberay-operator" } },
            },
          ],
          ports: [{ protocol: "TCP", port: 8265 }],
        },
      ],
    });
  });

  test("is seen as large as it is", () => {
    const [seen] = on.seen?.operators ?? [];
    expect(values["resources"].requests).toMatchObject({
      cpu: `${seen!.cpu * 1000}m`,
      memory: `${seen!.memoryGib * 1024}Mi`,
    });
  });
});

describe("what is refused", () => {
  const validations = (queued: readonly string[]) =>
    (rayJobPolicies(queued) as unknown as Attributes[])[0]!["spec"].validations as Attributes[];

  // What the expressions do to a job is for a real API server to show: test/rehearsal/policies/jobs.slow.ts.
  test("is refused for good: Flyte spends no retry on 422, and Kueue's own refusal is one of 403", () => {
    expect(validations(["h100-dws"]).map(({ reason }) => reason)).toEqual(Array(5).fill("Invalid"));
    const [, binding] = rayJobPolicies(["h100-dws"]) as unknown as Attributes[];
    expect(binding!["spec"]).toMatchObject({
      validationActions: ["Deny", "Audit"],
      matchResources: { namespaceSelector: { matchLabels: { "kueue-managed": "true" } } },
    });
  });

  test("speaks of queued flavors only where there are any, and names them", () => {
    expect(validations([])).toHaveLength(3);
    expect(JSON.stringify(validations(["h100-dws", "h200-dws"]))).toContain("or another of h200-dws");
  });
});

test("a Ray task has the link that says why it waits: Flyte's list of links is not a Ray task's", () =>
  expect(plugin["logs"]).toEqual({
    templates: queueLinks("acme-ml", [{ apiGroup: "ray.io", resources: ["rayjobs"] }]),
  }));

test("a Ray task is one RayJob, for Flyte and for Kueue", () => {
  expect(on.flyte).toMatchObject({
    taskTypes: { ray: ["ray"] },
    kinds: [{ apiGroup: "ray.io", resources: ["rayjobs"] }],
  });
  expect(on.frameworks).toEqual(["ray.io/rayjob", "ray.io/raycluster"]);
});
