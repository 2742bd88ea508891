import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { App, TerraformResource, TerraformStack } from "cdktf";
import { manifestChartVersion } from "../../../constructs/kubernetes/manifest-chart";
import { ManifestRelease, type ManifestReleaseProps } from "../../../constructs/kubernetes/manifest-release";
import { onlyResource, resources, synthStack } from "../../support/synth";

const queue = {
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "LocalQueue",
  metadata: { name: "tasks", namespace: "nlp-production" },
  spec: { clusterQueue: "research" },
};
const props: ManifestReleaseProps = {
  name: "queues",
  namespace: "kueue-system",
  chart: "assets/manifest-chart/1.0.0-0",
  manifests: [queue],
};

const synth = (build: (stack: TerraformStack) => void) =>
  synthStack((stack) => {
    new HelmProvider(stack, "helm");
    build(stack);
  });
const release = (change: Partial<ManifestReleaseProps> = {}) =>
  onlyResource(
    synth((stack) => new ManifestRelease(stack, "queues", { ...props, ...change })),
    "helm_release",
  );

/** Pseudo-random text, always the same: nothing in it compresses. */
function noise(bytes: number): string {
  let state = 1;
  let text = "";
  while (text.length < bytes) text += String.fromCharCode(33 + ((state = (state * 48271) % 2147483647) % 93));
  return text.replace(/[\\"]/g, "_");
}
const configMap = (text: string) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "big" },
  data: { text },
});

describe("a release of manifests", () => {
  test("carries them in its values, with the defaults of every release", () => {
    expect(release()).toEqual({
      atomic: true,
      chart: "assets/manifest-chart/1.0.0-0",
      cleanup_on_fail: true,
      create_namespace: false,
      max_history: 10,
      name: "queues",
      namespace: "kueue-system",
      timeout: 300,
      upgrade_install: true,
      values: [JSON.stringify({ manifests: [queue] })],
      version: manifestChartVersion,
      wait: true,
    });
  });

  test("keeps what looks like a template as text", () => {
    const manifest = configMap("${HOME} %{ if } {{ .inputs }}");
    const { values } = release({ manifests: [manifest] });
    expect(values[0]).not.toMatch(/[$%]\{/);
    expect(JSON.parse(values[0])).toEqual({ manifests: [manifest] });
  });

  test("waits as long as told, and takes over what exists only when told", () => {
    expect(release({ timeoutSeconds: 600, takeOwnership: true })).toMatchObject({
      timeout: 600,
      take_ownership: true,
    });
  });

  test("is installed anew with what it goes with", () => {
    const json = synth((stack) => {
      const replacedWith = new TerraformResource(stack, "owner", { terraformResourceType: "terraform_data" });
      new ManifestRelease(stack, "queues", { ...props, replacedWith });
    });
    expect(onlyResource(json, "helm_release")["lifecycle"]).toEqual({
      replace_triggered_by: ["terraform_data.owner"],
    });
  });

  test("waits for what it depends on, and is what others wait for", () => {
    const json = synth((stack) => {
      const first = new ManifestRelease(stack, "first", props);
      new ManifestRelease(stack, "second", { ...props, name: "second", dependsOn: first.ready });
    });
    expect(resources(json, "helm_release")["second"]!["depends_on"]).toEqual(["helm_release.first"]);
  });
});

describe("manifests that cannot be released", () => {
  const problems = (change: Partial<ManifestReleaseProps>) => () =>
    new ManifestRelease(new TerraformStack(new App(), "test"), "queues", { ...props, ...change });

  test.each(["a", "a".repeat(53), "0-9"])("accepts the name %j", (name) => {
    expect(problems({ name })).not.toThrow();
  });

  test.each(["", "a".repeat(54), "-a", "a-", "A", "a.b", "a_b"])("fails on the name %j", (name) => {
    expect(problems({ name })).toThrow(
      `test/queues has 1 problem:\n- name must be at most 53 lower-case letters, digits and hyphens, with a letter or digit at both ends (Helm's rule), got ${JSON.stringify(name)}`,
    );
  });

  test("fails without any", () => {
    expect(problems({ manifests: [] })).toThrow(
      "test/queues has 1 problem:\n- manifests must hold at least one object, got none; leave the release out",
    );
  });

  test("fails on what is no Kubernetes object, naming each", () => {
    const manifests = [queue, {}, { ...queue, metadata: {} }, { ...queue, kind: undefined }];
    expect(problems({ manifests })).toThrow(
      "test/queues has 1 problem:\n- manifests[1], manifests[2], manifests[3] must have an apiVersion, a kind and a metadata.name",
    );
  });

  test("fails on an object named twice, but not on the same name in another namespace or kind", () => {
    const elsewhere = { ...queue, metadata: { ...queue.metadata, namespace: "nlp-staging" } };
    expect(problems({ manifests: [queue, elsewhere, { ...queue, kind: "Cohort" }] })).not.toThrow();
    expect(problems({ manifests: [queue, elsewhere, { ...queue }] })).toThrow(
      "test/queues has 1 problem:\n- manifests must name each object once, got kueue.x-k8s.io/v1beta2 LocalQueue nlp-production/tasks twice",
    );
  });

  test("fails on a Secret with data; one that the cluster fills is fine", () => {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "token" } };
    expect(problems({ manifests: [secret] })).not.toThrow();
    expect(problems({ manifests: [{ ...secret, stringData: { password: "x" } }] })).toThrow(
      'test/queues has 1 problem:\n- manifests must not hold secret values, which Terraform would keep in plain text; got data in Secret "token"',
    );
  });

  test("fails with every problem at once", () => {
    expect(problems({ name: "A", manifests: [] })).toThrow("test/queues has 2 problems:");
  });

  test("a megabyte of like objects fits, because Helm compresses it", () => {
    expect(problems({ manifests: [configMap("research/".repeat(130_000))] })).not.toThrow();
  });

  test("fails when Helm's record would not fit into a Secret", () => {
    const text = noise(450 * 1024);
    expect(problems({ manifests: [configMap(text.slice(0, 400 * 1024))] })).not.toThrow();
    expect(problems({ manifests: [configMap(text)] })).toThrow(
      /^test\/queues has 1 problem:\n- manifests must fit into the Secret in which Helm keeps a release, at most 960 KiB compressed, got about \d+ KiB; split them into several releases$/,
    );
  });
});
