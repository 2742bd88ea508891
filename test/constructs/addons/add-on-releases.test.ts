import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { AddOnReleases, type AddOnReleasesProps } from "../../../constructs/addons/add-on-releases";
import { onlyResource, resources, synthStack } from "../../support/synth";

const manifests = [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } }];
const crds = { name: "crds", namespace: "training", manifests };
const operator = {
  name: "operator",
  namespace: "training",
  manifests,
  after: ["crds"],
  timeoutSeconds: 600,
};

const synth = (props: Partial<AddOnReleasesProps>) =>
  synthStack((stack) => {
    new HelmProvider(stack, "helm", {});
    new KubernetesProvider(stack, "kubernetes", {});
    new AddOnReleases(stack, "add-ons", {
      namespaces: ["training"],
      releases: [crds, operator],
      chart: "assets/manifests",
      ...props,
    });
  });

const withoutHashes = (ids: readonly string[]) => ids.map((id) => id.replace(/_[0-9A-F]{8}$/, ""));

describe("releases of add-ons", () => {
  test("come after their namespace, and after those that they name", () => {
    const releases = Object.values(resources(synth({}), "helm_release"));
    expect(
      releases.map(({ name, depends_on, timeout }) => [name, timeout, withoutHashes(depends_on)]),
    ).toEqual([
      ["crds", 300, ["kubernetes_namespace_v1.add-ons_namespaces_training"]],
      ["operator", 600, ["kubernetes_namespace_v1.add-ons_namespaces_training", "helm_release.add-ons_crds"]],
    ]);
  });

  test("are charts of others after them, with their values letter for letter", () => {
    const chart = {
      name: "ray",
      namespace: "training",
      chart: {
        repository: "https://ray.example",
        name: "kuberay-operator",
        version: "1.6.2",
        values: { template: "${name}" },
      },
      after: ["crds"],
    };
    const release = Object.values(resources(synth({ releases: [crds, chart] }), "helm_release")).find(
      ({ name }) => name === "ray",
    );
    expect(release).toMatchObject({
      namespace: "training",
      repository: "https://ray.example",
      chart: "kuberay-operator",
      version: "1.6.2",
      values: ['{"template":"\\u0024{name}"}'],
      atomic: true,
      timeout: 300,
    });
    expect(withoutHashes(release!["depends_on"])).toEqual([
      "kubernetes_namespace_v1.add-ons_namespaces_training",
      "helm_release.add-ons_crds",
    ]);
    expect(() => synth({ releases: [{ ...chart, after: ["later"] }] })).toThrow("got ray after later");
  });

  test("are in namespaces where Pod Security restricts", () => {
    const { metadata } = onlyResource(synth({}), "kubernetes_namespace_v1");
    expect(metadata.labels).toEqual({ "pod-security.kubernetes.io/enforce": "restricted" });
  });

  test("are nothing at all without add-ons", () =>
    expect(synth({ namespaces: [], releases: [] }).resource).toBeUndefined());

  test("fails when one is in nobody's namespace, or comes before what it needs", () => {
    expect(() => synth({ namespaces: [], releases: [operator, crds] })).toThrow(
      new Error(
        [
          "test/add-ons has 2 problems:",
          "- releases must be in namespaces of their add-ons, got operator in training, crds in training",
          "- releases must come after those that they name, got operator after crds",
        ].join("\n"),
      ),
    );
  });
});
