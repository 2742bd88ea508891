import { controllerConfiguration } from "../../../../constructs/kueue/controller/controller-config";
import { kueueValues } from "../../../../constructs/kueue/controller/controller-values";

const values = kueueValues({ name: "kueue" });

describe("values of the Kueue chart", () => {
  test("carry the configuration as a string that parses back, on many lines", () => {
    const text = kueueValues({ name: "kueue", waitForPodsReady: "2d" }).managerConfig
      .controllerManagerConfigYaml;
    expect(JSON.parse(text)).toEqual(controllerConfiguration({ waitForPodsReady: "2d" }));
    expect(text.split("\n").length).toBeGreaterThan(40);
  });

  test("name the release's own image, never the staging one of the chart in git", () => {
    expect(values.controllerManager.manager.image).toEqual({
      repository: "registry.k8s.io/kueue/kueue",
      tag: "v0.19.2",
      pullPolicy: "IfNotPresent",
    });
  });

  test("pull the same image through a mirror, held to its digest", () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const images = {
      mirrors: { "registry.k8s.io": "europe-west4-docker.pkg.dev/acme-ml/flyte-dev-k8s-io" },
      digests: { "registry.k8s.io/kueue/kueue:v0.19.2": digest },
    };
    expect(kueueValues({ name: "kueue", images }).controllerManager.manager.image).toEqual({
      repository: "europe-west4-docker.pkg.dev/acme-ml/flyte-dev-k8s-io/kueue/kueue",
      tag: `v0.19.2@${digest}`,
      pullPolicy: "IfNotPresent",
    });
  });

  test("request what they may use, disk included, as Autopilot would", () => {
    const { requests, limits } = values.controllerManager.manager.resources;
    expect(requests).toEqual({ cpu: "500m", memory: "1Gi", "ephemeral-storage": "1Gi" });
    expect(limits).toEqual(requests);
  });

  test("claim no priority class, which GKE refuses outside kube-system, and no FlowSchemas", () => {
    expect(values.controllerManager.manager).not.toHaveProperty("priorityClassName");
    expect(values.enableVisibilityAPF).toBe(false);
  });

  test("two copies run on different nodes and a node upgrade takes one at a time", () => {
    expect(values.controllerManager).toMatchObject({
      replicas: 2,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
    });
    const labelSelector = {
      matchLabels: { "app.kubernetes.io/instance": "kueue", "control-plane": "controller-manager" },
    };
    const common = { maxSkew: 1, labelSelector, matchLabelKeys: ["pod-template-hash"] };
    expect(values.controllerManager.topologySpreadConstraints).toEqual([
      { ...common, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule" },
      { ...common, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
    ]);
  });

  test("one copy has no budget, which would block every node upgrade, and nothing to spread", () => {
    expect(kueueValues({ name: "kueue", replicas: 1 }).controllerManager).toMatchObject({
      replicas: 1,
      podDisruptionBudget: { enabled: false },
      topologySpreadConstraints: [],
    });
  });

  test("list feature gates in one order, whatever the order they were given in", () => {
    const featureGates = { VisibilityOnDemand: false, ConcurrentAdmission: true };
    expect(kueueValues({ name: "kueue", featureGates }).controllerManager.featureGates).toEqual([
      { name: "ConcurrentAdmission", enabled: true },
      { name: "SkipReassignmentForPodOwnedWorkloads", enabled: false },
      { name: "VisibilityOnDemand", enabled: false },
    ]);
  });

  test("a pod that is preempted while it waits for its nodes is queued again", () =>
    expect(kueueValues({ name: "kueue" }).controllerManager.featureGates).toEqual([
      { name: "SkipReassignmentForPodOwnedWorkloads", enabled: false },
    ]));

  test("a feature gate that Kueue does not know does not compile", () => {
    // @ts-expect-error -- Kueue would stop with "unrecognized feature gate"
    expect(kueueValues({ name: "kueue", featureGates: { NoSuchGate: true } })).toBeDefined();
  });
});
