import { defineEnvironment } from "../../../src/environment/define";
import { shippedAndFull } from "../../support/shipped-stacks";
import { type Attributes, resources, type StackJson } from "../../support/synth";

const platforms = shippedAndFull().map(({ config, stacks }): [string, string | undefined, StackJson] => [
  config.name,
  config.github && `flyte-${config.name}-plan@${config.project}.iam.gserviceaccount.com`,
  stacks[`${defineEnvironment(config).name}-platform`]!,
]);
const list = (stack: StackJson, type: string): Attributes[] => Object.values(resources(stack, type));

describe.each(platforms)("what a plan of %s reads in the cluster", (_, planner, stack) => {
  const roles = list(stack, "kubernetes_role_v1").filter(({ metadata }) => metadata.name === "plan-reader");
  const bindings = list(stack, "kubernetes_role_binding_v1").filter(
    ({ metadata }) => metadata.name === "plan-reader",
  );

  test("is Secrets where Helm keeps its records, and nowhere else", () => {
    const releases = list(stack, "helm_release").map(({ namespace }) => namespace);
    const expected = planner === undefined ? [] : [...new Set(releases)].sort();
    expect(roles.map(({ metadata }) => metadata.namespace).sort()).toEqual(expected);
    for (const { rule } of roles)
      expect(rule).toEqual([{ api_groups: [""], resources: ["secrets"], verbs: ["get", "list"] }]);
  });

  test("is read by the planner and nobody else", () => {
    expect(bindings).toHaveLength(roles.length);
    for (const { subject, role_ref: role, metadata } of bindings) {
      expect(subject).toEqual([{ api_group: "rbac.authorization.k8s.io", kind: "User", name: planner }]);
      expect(role.kind).toBe("Role");
      expect(roles.map(({ metadata: { namespace } }) => namespace)).toContain(metadata.namespace);
    }
  });

  test("waits for the releases of its namespace: the first may bring it", () => {
    for (const { metadata, depends_on: after } of roles) {
      const own = Object.entries(resources(stack, "helm_release")).filter(
        ([, { namespace }]) => namespace === metadata.namespace,
      );
      expect(own.map(([id]) => `helm_release.${id}`).sort()).toEqual([...after].sort());
    }
  });
});

test("an environment without a repository has no planner to let in", () => {
  expect(platforms.some(([, planner]) => planner === undefined)).toBe(true);
  expect(platforms.some(([, planner]) => planner !== undefined)).toBe(true);
});
