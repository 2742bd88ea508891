import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { dev } from "../support/environments/dev";
import { differences } from "../support/differences";
import { resources, type StackJson, synthesise } from "../support/synth";

// What an environment's add-ons change in its four stacks: what each of them says, and nothing else.

type AddOns = NonNullable<EnvironmentConfig["addOns"]>;

function stacksWith(addOns?: AddOns): Record<string, StackJson> {
  const { environments } = defineEnvironments([{ ...dev, ...(addOns && { addOns }) }]);
  const stacks = synthesise((outdir) => buildApp(environments, { outdir }));
  return Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, withValues(stack)]));
}

/** Helm values as what they say, so that a difference has a path. */
function withValues(stack: StackJson): StackJson {
  const releases = Object.entries(resources(stack, "helm_release")).map(([id, release]) => [
    id,
    { ...release, values: withoutRefusals(JSON.parse(release["values"][0])) },
  ]);
  return { ...stack, resource: { ...stack.resource, helm_release: Object.fromEntries(releases) } };
}

/** That its tasks no longer fail is what every add-on says: add-on.test.ts. */
function withoutRefusals(values: Values): Values {
  delete values.configuration?.inline?.plugins?.["connector-service"];
  return values;
}

interface Values {
  readonly configuration?: { readonly inline?: { readonly plugins?: Record<string, unknown> } };
}

const none = stacksWith();

const withoutHash = (path: string) => path.replace(/_[0-9A-F]{8}(?=\.|$)/, "");

/** The namespaces of tasks in `dev`. */
const tenants = ["nlp", "vision"].flatMap((project) =>
  ["development", "production", "staging"].map((domain) => `${project}-${domain}`),
);

/** What each add-on changes, alone. */
const changes: Record<keyof AddOns, { readonly section: AddOns; readonly paths: readonly string[] }> = {
  training: {
    section: { training: {} },
    paths: [
      "dev-platform.resource.helm_release.add-ons_training-crds",
      "dev-platform.resource.helm_release.add-ons_training-operator",
      "dev-platform.resource.helm_release.add-ons_training-policies",
      "dev-platform.resource.helm_release.flyte.values.configuration.inline.plugins.kf-operator",
      "dev-platform.resource.helm_release.flyte.values.configuration.logging.plugins.custom",
      "dev-platform.resource.helm_release.flyte.values.enabled_plugins.tasks.task-plugins.default-for-task-types.pytorch",
      "dev-platform.resource.helm_release.flyte.values.enabled_plugins.tasks.task-plugins.enabled-plugins",
      "dev-platform.resource.helm_release.flyte_rights.values.manifests",
      "dev-platform.resource.helm_release.kueue.values.managerConfig.controllerManagerConfigYaml",
      // Where its init container's image may come from.
      "dev-platform.resource.helm_release.policies_admission-policies.values.manifests",
      // Where its jobs may wait.
      "dev-platform.resource.helm_release.policies_walls.values.manifests",
      // The operator's rights in each.
      ...tenants.map((tenant) => `dev-platform.resource.helm_release.tenants_${tenant}.values.manifests`),
      "dev-platform.resource.kubernetes_namespace_v1.add-ons_namespaces_training-operator",
      // Kueue waits for the operator.
      "dev-platform.resource.kubernetes_namespace_v1.kueue_namespace.depends_on",
      // Whoever plans reads Helm's record of the operator.
      "dev-platform.resource.kubernetes_role_binding_v1.plan-reader_training-operator-planner",
      "dev-platform.resource.kubernetes_role_v1.plan-reader_training-operator",
    ],
  },
  ray: {
    section: { ray: {} },
    paths: [
      // Its chart, its rights, and what it refuses.
      "dev-platform.resource.helm_release.add-ons_ray-operator",
      "dev-platform.resource.helm_release.add-ons_ray-operator-rights",
      "dev-platform.resource.helm_release.add-ons_ray-policies",
      "dev-platform.resource.helm_release.flyte.values.configuration.inline.plugins.ray",
      "dev-platform.resource.helm_release.flyte.values.configuration.logging.plugins.custom",
      "dev-platform.resource.helm_release.flyte.values.enabled_plugins.tasks.task-plugins.default-for-task-types.ray",
      "dev-platform.resource.helm_release.flyte.values.enabled_plugins.tasks.task-plugins.enabled-plugins",
      "dev-platform.resource.helm_release.flyte_rights.values.manifests",
      // Its jobs' images are judged with the jobs.
      "dev-platform.resource.helm_release.policies_admission-policies.values.manifests",
      "dev-platform.resource.helm_release.policies_walls.values.manifests",
      // The operator's rights in each, and its way to the heads of clusters.
      ...tenants.map((tenant) => `dev-platform.resource.helm_release.tenants_${tenant}.values.manifests`),
      "dev-platform.resource.kubernetes_namespace_v1.add-ons_namespaces_kuberay-operator",
      "dev-platform.resource.kubernetes_namespace_v1.kueue_namespace.depends_on",
      "dev-platform.resource.kubernetes_role_binding_v1.plan-reader_kuberay-operator-planner",
      "dev-platform.resource.kubernetes_role_v1.plan-reader_kuberay-operator",
    ],
  },
  spark: {
    section: { spark: {} },
    paths: [
      "dev-platform.resource.helm_release.add-ons_spark-operator",
      "dev-platform.resource.helm_release.add-ons_spark-rights",
      "dev-platform.resource.helm_release.flyte.values.configuration.inline.plugins.spark",
      "dev-platform.resource.helm_release.flyte.values.configuration.logging.plugins.custom",
      "dev-platform.resource.helm_release.flyte.values.enabled_plugins.tasks.task-plugins.default-for-task-types.spark",
      "dev-platform.resource.helm_release.flyte.values.enabled_plugins.tasks.task-plugins.enabled-plugins",
      "dev-platform.resource.helm_release.flyte_rights.values.manifests",
      // The images that its jobs name.
      "dev-platform.resource.helm_release.policies_admission-policies.values.manifests",
      "dev-platform.resource.helm_release.policies_walls.values.manifests",
      // The drivers' account, and the operator's rights, in each.
      ...tenants.map((tenant) => `dev-platform.resource.helm_release.tenants_${tenant}.values.manifests`),
      "dev-platform.resource.kubernetes_namespace_v1.add-ons_namespaces_spark-operator",
      // Kueue waits for the operator.
      "dev-platform.resource.kubernetes_namespace_v1.kueue_namespace.depends_on",
      // Whoever plans reads Helm's record of the operator.
      "dev-platform.resource.kubernetes_role_binding_v1.plan-reader_spark-operator-planner",
      "dev-platform.resource.kubernetes_role_v1.plan-reader_spark-operator",
    ],
  },
};

test("an environment without add-ons is one that says nothing of them", () =>
  expect(stacksWith({})).toEqual(none));

test.each(Object.entries(changes))("%s changes what it says, and nothing else", (_, { section, paths }) =>
  expect(differences(none, stacksWith(section)).map(withoutHash).sort()).toEqual(paths),
);

test("all together change what each changes", () => {
  const sections = Object.values(changes).map(({ section }) => section);
  const paths = new Set(Object.values(changes).flatMap((each) => each.paths));
  const all = Object.assign({}, ...sections) as AddOns;
  expect(differences(none, stacksWith(all)).map(withoutHash).sort()).toEqual([...paths].sort());
});

test("the order in the environment's file changes nothing", () => {
  const all = Object.values(changes).map(({ section }) => section);
  const forwards = Object.assign({}, ...all) as AddOns;
  const backwards = Object.assign({}, ...[...all].reverse()) as AddOns;
  expect(stacksWith(forwards)).toEqual(stacksWith(backwards));
});

test("the old key of Ray's operator is an error that names the new one", () => {
  const old = { ...dev, cluster: { rayOperator: true } } as EnvironmentConfig;
  expect(() => defineEnvironments([old])).toThrow(
    "cluster.rayOperator is no key any more; it is an add-on now: write addOns: { ray: {} } where it was true",
  );
});

test("the firewall opens the sum of what everybody says", () => {
  const [rule] = Object.values(resources(none["dev-foundation"]!, "google_compute_firewall"));
  expect(rule!["allow"]).toEqual([{ protocol: "tcp", ports: ["8082", "9443"] }]);
});
