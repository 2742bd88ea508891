import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSynthesised } from "../../../rehearsal/objects/synthesised";

const folder = mkdtempSync(join(tmpdir(), "synthesised-"));
const release = (name: string, values: object) => ({
  name,
  namespace: "kueue-system",
  chart: "assets/chart/1",
  values: [JSON.stringify(values)],
});
const queue = {
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "LocalQueue",
  metadata: { name: "tasks", namespace: "a" },
};
const scraping = {
  apiVersion: "monitoring.googleapis.com/v1",
  kind: "PodMonitoring",
  metadata: { name: "kueue" },
};

const policy = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingAdmissionPolicy",
  metadata: { name: "tasks-queue" },
};

function write(environment: string, releases: readonly object[]): void {
  const stack = join(folder, "stacks", `${environment}-platform`);
  mkdirSync(stack, { recursive: true });
  const helm_release = Object.fromEntries(releases.map((each, index) => [`r${index}`, each]));
  writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ resource: { helm_release } }));
}

beforeAll(() => {
  const configuration = '{"waitForPodsReady": {"timeout": "168h"}}';
  write("prod", [
    release("kueue", {
      controllerManager: { featureGates: [{ name: "Some", enabled: false }] },
      managerConfig: { controllerManagerConfigYaml: configuration },
    }),
    release("queues", { manifests: [{ ...queue, kind: "ClusterQueue" }] }),
    release("tenant-a", { manifests: [queue] }),
    release("network-policies", { manifests: [{ ...queue, kind: "NetworkPolicy" }] }),
    release("admission-policies", { manifests: [policy] }),
    release("kueue-monitoring", { manifests: [scraping] }),
    release("flyte", { configuration: { inline: { plugins: { ray: { ttlSecondsAfterFinished: 10 } } } } }),
    release("ray-operator-rights", { manifests: [scraping] }),
    release("ray-operator", { watchNamespace: ["a"] }),
  ]);
  write("empty", []);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("what is rehearsed", () => {
  test("is the queues, the tenants, the admission policies and Kueue's configuration of the environment's own stack", () => {
    const chart = join(folder, "stacks", "prod-platform", "assets/chart/1");
    expect(readSynthesised(folder, "prod")).toEqual({
      environment: "prod",
      operators: {
        ray: [{ name: "ray-operator-rights", namespace: "kueue-system", chart, manifests: [scraping] }],
      },
      plugins: { ray: { ttlSecondsAfterFinished: 10 } },
      charts: { "ray-operator": { watchNamespace: ["a"] } },
      queues: {
        name: "queues",
        namespace: "kueue-system",
        chart,
        manifests: [{ ...queue, kind: "ClusterQueue" }],
      },
      tenants: [{ name: "tenant-a", namespace: "kueue-system", chart, manifests: [queue] }],
      policies: [{ name: "admission-policies", namespace: "kueue-system", chart, manifests: [policy] }],
      kueue: { waitForPodsReady: { timeout: "168h" }, featureGates: { Some: false } },
    });
  });

  test("has what Flyte says of its plugins in the other topology, too", () => {
    const plugins = { ray: { serviceType: "ClusterIP" } };
    write("core", [
      release("kueue", { managerConfig: { controllerManagerConfigYaml: "{}" } }),
      release("queues", { manifests: [queue] }),
      release("flyte", { configmap: { k8s: { plugins } } }),
    ]);
    expect(readSynthesised(folder, "core").plugins).toEqual(plugins);
    rmSync(join(folder, "stacks", "core-platform"), { recursive: true });
  });

  test("fails on an environment that there is not", () =>
    expect(() => readSynthesised(folder, "prdo")).toThrow(
      'environment must be one of "empty", "prod", got "prdo"',
    ));

  test("fails on a folder that holds none", () =>
    expect(() => readSynthesised("/nowhere", "prod")).toThrow("/nowhere holds no synthesised environment"));

  test("fails on a stack without queues", () =>
    expect(() => readSynthesised(folder, "empty")).toThrow(
      '/cdk.tf.json has no releases "kueue" and "queues"',
    ));
});
