import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, TerraformStack } from "cdktf";
import { kueueValues } from "../../../../constructs/kueue/controller/controller-values";
import {
  KueueController,
  type KueueControllerProps,
} from "../../../../constructs/kueue/controller/kueue-controller";
import { addresses, onlyResource, synthStack } from "../../../support/synth";

const props: KueueControllerProps = { name: "kueue", namespace: "kueue-system" };
const controller = (change: Partial<KueueControllerProps> = {}) =>
  synthStack((stack) => {
    new HelmProvider(stack, "helm");
    new KubernetesProvider(stack, "kubernetes");
    new KueueController(stack, "kueue", { ...props, ...change });
  });

describe("the Kueue controller", () => {
  test("is the packaged chart, pinned, all or nothing, in time for new nodes", () => {
    const { values, ...release } = onlyResource(controller(), "helm_release");
    expect(release).toEqual({
      atomic: true,
      chart: "kueue",
      cleanup_on_fail: true,
      create_namespace: false,
      depends_on: ["kubernetes_namespace_v1.kueue_namespace_7F215049"],
      lifecycle: { prevent_destroy: true },
      max_history: 10,
      name: "kueue",
      namespace: "kueue-system",
      repository: "oci://registry.k8s.io/kueue/charts",
      timeout: 600,
      upgrade_install: true,
      version: "0.19.2",
      wait: true,
    });
    expect(JSON.parse(values[0])).toEqual(kueueValues(props));
  });

  test("makes its own namespace, restricted and not opted in to itself", () => {
    expect(onlyResource(controller(), "kubernetes_namespace_v1")).toEqual({
      lifecycle: { prevent_destroy: true },
      metadata: { name: "kueue-system", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    });
  });

  test("can be destroyed, with its CRDs and every queue, only where protection is off", () => {
    const json = controller({ protect: false });
    expect(onlyResource(json, "helm_release")).not.toHaveProperty("lifecycle");
    expect(onlyResource(json, "kubernetes_namespace_v1")).not.toHaveProperty("lifecycle");
  });

  test("is ready with both", () => {
    let ready: number | undefined;
    synthStack((stack) => {
      new HelmProvider(stack, "helm");
      new KubernetesProvider(stack, "kubernetes");
      ready = new KueueController(stack, "kueue", props).ready.length;
    });
    expect(ready).toBe(2);
    expect(addresses(controller())).toHaveLength(2);
  });
});

describe("props of the Kueue controller", () => {
  const create = (change: Partial<KueueControllerProps>) => () =>
    new KueueController(new TerraformStack(new App(), "test"), "kueue", { ...props, ...change });

  test.each([1, 5])("accepts %d replicas", (replicas) => {
    expect(create({ replicas })).not.toThrow();
  });

  test.each([0, 6, 1.5])("fails on %d replicas", (replicas) => {
    expect(create({ replicas })).toThrow(
      `test/kueue has 1 problem:\n- replicas must be a whole number from 1 to 5, got ${replicas}`,
    );
  });

  test.each(["1m", "12h", "7d"])("accepts the duration %s", (waitForPodsReady) => {
    expect(create({ waitForPodsReady })).not.toThrow();
  });

  test.each(["0h", "12", "1w", "1.5h", "1h30m", ""])("fails on the duration %j", (retainFinished) => {
    expect(create({ retainFinished })).toThrow(
      `test/kueue has 1 problem:\n- retainFinished must be a whole number with m, h or d, such as "12h", got ${JSON.stringify(retainFinished)}`,
    );
  });

  test("fails with every problem at once", () => {
    expect(create({ replicas: 0, waitForPodsReady: "x", retainDeactivated: "y" })).toThrow(
      "test/kueue has 3 problems:\n" +
        "- replicas must be a whole number from 1 to 5, got 0\n" +
        '- waitForPodsReady must be a whole number with m, h or d, such as "12h", got "x"\n' +
        '- retainDeactivated must be a whole number with m, h or d, such as "12h", got "y"',
    );
  });
});
