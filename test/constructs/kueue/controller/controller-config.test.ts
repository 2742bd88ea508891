import {
  controllerConfiguration,
  type ControllerConfiguration,
} from "../../../../constructs/kueue/controller/controller-config";

describe("the controller's configuration", () => {
  test("is v1beta2, with the ports that the chart's Services and probes expect", () => {
    expect(controllerConfiguration()).toMatchObject({
      apiVersion: "config.kueue.x-k8s.io/v1beta2",
      kind: "Configuration",
      health: { healthProbeBindAddress: ":8081" },
      metrics: { bindAddress: ":8443" },
      webhook: { port: 9443 },
      leaderElection: { leaderElect: true, resourceName: "c1f6bfd2.kueue.x-k8s.io" },
    });
  });

  test("lets a pod wait 7 days for its node, and none of them holds up the others", () => {
    expect(controllerConfiguration().waitForPodsReady).toEqual({
      timeout: "168h",
      recoveryTimeout: "30m",
      blockAdmission: false,
    });
  });

  test("deletes rejected work after three hours and forgets finished work after a day", () => {
    expect(controllerConfiguration().objectRetentionPolicies).toEqual({
      workloads: { afterFinished: "24h", afterDeactivatedByKueue: "3h" },
    });
  });

  test.each([
    ["90m", "90m"],
    ["12h", "12h"],
    ["3d", "72h"],
  ])("writes %s in Go's units", (duration, expected) => {
    const configuration = controllerConfiguration({
      waitForPodsReady: duration,
      retainDeactivated: duration,
      retainFinished: duration,
    });
    expect(configuration.waitForPodsReady.timeout).toBe(expected);
    expect(configuration.objectRetentionPolicies.workloads).toEqual({
      afterFinished: expected,
      afterDeactivatedByKueue: expected,
    });
  });

  test("manages only namespaces that opt in", () => {
    expect(controllerConfiguration().managedJobsNamespaceSelector).toEqual({
      matchLabels: { "kueue-managed": "true" },
    });
  });

  test("looks at pods, jobs and Ray, not at Deployments", () => {
    expect(controllerConfiguration().integrations.frameworks).toEqual([
      "batch/job",
      "pod",
      "jobset.x-k8s.io/jobset",
      "ray.io/rayjob",
      "ray.io/raycluster",
    ]);
  });

  test("shares fairly: strategies in the only order that Kueue accepts, and bytes that weigh nothing", () => {
    expect(controllerConfiguration().fairSharing.preemptionStrategies).toEqual([
      "LessThanOrEqualToFinalShare",
      "LessThanInitialShare",
    ]);
    expect(controllerConfiguration().admissionFairSharing).toEqual({
      usageHalfLifeTime: "168h",
      usageSamplingInterval: "5m",
      resourceWeights: { cpu: 1, memory: 0, "ephemeral-storage": 0, "nvidia.com/gpu": 50 },
    });
  });

  test("reports quotas as metrics", () => {
    expect(controllerConfiguration().metrics.enableClusterQueueResources).toBe(true);
  });

  test("holds no feature gates: Kueue refuses to start when they come from two places", () => {
    expect(controllerConfiguration()).not.toHaveProperty("featureGates");
  });

  test("counts every resource of a pod: the two ways to leave some out refuse each other", () => {
    expect(controllerConfiguration()).not.toHaveProperty("resources");
  });

  test("leaves certificates to the chart, which knows the names of its Service and Secret", () => {
    expect(controllerConfiguration()).not.toHaveProperty("internalCertManagement");
  });

  test("an unknown key does not compile: Kueue would not start", () => {
    const configuration: ControllerConfiguration = {
      ...controllerConfiguration(),
      // @ts-expect-error -- removed in v1beta2
      queueVisibility: {},
    };
    expect(configuration.kind).toBe("Configuration");
  });
});
