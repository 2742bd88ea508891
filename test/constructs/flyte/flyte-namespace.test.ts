import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { TerraformStack } from "cdktf";
import { FlyteNamespace } from "../../../constructs/flyte/flyte-namespace";
import { onlyResource, type StackJson, synthStack } from "../../support/synth";

const synth = (build: (stack: TerraformStack) => void): StackJson =>
  synthStack((stack) => {
    new KubernetesProvider(stack, "kubernetes");
    build(stack);
  });

describe("the namespace of the backend", () => {
  test("takes restricted pods only, and is not opted in to Kueue", () => {
    const json = synth((stack) => new FlyteNamespace(stack, "namespace"));
    expect(onlyResource(json, "kubernetes_namespace_v1")).toEqual({
      metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" }, name: "flyte" },
    });
  });

  test("takes pods that are only baseline where topology core needs it", () => {
    const json = synth((stack) => new FlyteNamespace(stack, "namespace", { podSecurity: "baseline" }));
    expect(onlyResource(json, "kubernetes_namespace_v1")["metadata"].labels).toEqual({
      "pod-security.kubernetes.io/enforce": "baseline",
    });
  });

  test("carries the labels of the props", () => {
    const json = synth(
      (stack) => new FlyteNamespace(stack, "namespace", { name: "flyte-dev", labels: { team: "ml" } }),
    );
    expect(onlyResource(json, "kubernetes_namespace_v1")["metadata"]).toEqual({
      labels: { "pod-security.kubernetes.io/enforce": "restricted", team: "ml" },
      name: "flyte-dev",
    });
  });

  test("exposes its name, for what must be made in it", () => {
    const json = synth((stack) => {
      const namespace = new FlyteNamespace(stack, "first");
      new FlyteNamespace(stack, "second", { name: `${namespace.namespace}-2` });
    });
    expect(JSON.stringify(json)).toContain("${kubernetes_namespace_v1.first.metadata[0].name}-2");
  });
});
