import {
  admissionPolicies,
  type AdmissionPoliciesProps,
} from "../../../constructs/policies/admission-policies";
import { bindingsOf, policiesOf, policyOf } from "./support";

const props: AdmissionPoliciesProps = {
  mode: "enforce",
  registries: ["us-central1-docker.pkg.dev/acme-ml/flyte-prod/", "cr.flyte.org/flyteorg/"],
};
const manifests = admissionPolicies(props);
const policy = (name: string) => policyOf(manifests, name);
const variable = (name: string, of: string) =>
  policy(of).spec.variables.find((found: { name: string }) => found.name === name).expression as string;

describe("what is a matter of taste", () => {
  test("is images and privileges, in the namespaces of tasks only", () => {
    expect(policiesOf(manifests).map(({ metadata }) => metadata.name)).toEqual([
      "tasks-images",
      "tasks-privileges",
    ]);
    for (const { metadata, spec } of bindingsOf(manifests)) {
      expect(spec.policyName).toBe(metadata.name);
      expect(spec.matchResources).toEqual({
        namespaceSelector: { matchLabels: { "kueue-managed": "true" } },
      });
    }
  });

  test("is refused where it is enforced, and noted where it is not", () => {
    for (const { spec } of bindingsOf(manifests)) expect(spec.validationActions).toEqual(["Deny", "Audit"]);
    for (const { spec } of bindingsOf(admissionPolicies({ ...props, mode: "audit" })))
      expect(spec.validationActions).toEqual(["Audit"]);
  });

  test("is refused for good: Flyte tries a 403 again, a 422 not", () => {
    for (const { spec } of policiesOf(manifests)) {
      expect(spec.failurePolicy).toBe("Fail");
      for (const validation of spec.validations) {
        expect(validation.reason).toBe("Invalid");
        expect(validation.messageExpression).toMatch(/^"pod " \+ /);
      }
    }
  });
});

describe("images", () => {
  test("come from the registries of the props", () =>
    expect(variable("registries", "tasks-images")).toBe(JSON.stringify(props.registries)));

  test("are those of every container and of every image volume", () => {
    for (const list of ["containers", "initContainers", "ephemeralContainers", "volumes"])
      expect(variable("images", "tasks-images")).toContain(`object.spec.${list}`);
    expect(variable("images", "tasks-images")).toContain("v.image.reference");
  });

  test("are judged when they change, and only those that are new", () => {
    const judged = policy("tasks-images").spec.matchConstraints.resourceRules.map(
      ({ operations, resources }: { operations: string[]; resources: string[] }) => [
        ...operations,
        ...resources,
      ],
    );
    expect(judged).toEqual([
      ["CREATE", "pods"],
      ["UPDATE", "pods"],
      ["UPDATE", "pods/ephemeralcontainers"],
    ]);
    expect(variable("before", "tasks-images")).toContain(
      "oldObject == null ? [] : (oldObject.spec.containers",
    );
    expect(variable("before", "tasks-images")).not.toMatch(/\bobject\./);
    expect(variable("foreign", "tasks-images")).toContain("!(i in variables.before)");
  });

  test("never hold up the end of a pod", () =>
    expect(policy("tasks-images").spec.matchConditions).toEqual([
      { name: "not-on-its-way-out", expression: "!has(object.metadata.deletionTimestamp)" },
    ]));
});

test("privileges are those of nobody, in running pods too", () => {
  const { matchConstraints } = policy("tasks-privileges").spec;
  for (const field of [
    "allowPrivilegeEscalation",
    "capabilities.add",
    "ephemeralContainers",
    "initContainers",
  ])
    expect(variable("modest", "tasks-privileges")).toContain(field);
  expect(matchConstraints.resourceRules).toHaveLength(2);
});
