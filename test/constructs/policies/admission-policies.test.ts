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

describe("single images", () => {
  const alpine = "docker.io/library/alpine:3.21.3";
  const jobs = [{ apiGroup: "kubeflow.org", resource: "pytorchjobs", templates: "object.spec.templates" }];
  const withOne = admissionPolicies({ ...props, jobs, images: [alpine] });

  test("are let in by their whole names, of pods and of jobs, beside the registries", () => {
    for (const name of ["tasks-images", "tasks-images-pytorchjobs"]) {
      const variables = policyOf(withOne, name).spec.variables as { name: string; expression: string }[];
      const [singles, foreign] = ["singles", "foreign"].map(
        (wanted) => variables.find((variable) => variable.name === wanted)!.expression,
      );
      expect(singles).toBe(JSON.stringify([alpine]));
      expect(foreign).toContain(
        "!variables.registries.exists(r, i.startsWith(r)) && !(i in variables.singles)",
      );
    }
  });

  test("change nothing where there are none", () =>
    expect(admissionPolicies({ ...props, images: [] })).toEqual(manifests));
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

test("who says nothing of his privileges has them; of operators' helpers, and of pods that run, nobody asks", () => {
  for (const list of ["containers", "initContainers"])
    expect(variable("silent", "tasks-privileges")).toContain(`object.spec.${list}`);
  expect(variable("silent", "tasks-privileges")).toContain("!(has(c.securityContext) && has(");
  expect(variable("judged", "tasks-privileges")).toMatch(
    /^oldObject == null && .*ownerReferences.*size\(\) == 0$/,
  );
});

describe("images of a job", () => {
  const jobs = [{ apiGroup: "kubeflow.org", resource: "pytorchjobs", templates: "object.spec.templates" }];
  const withJobs = admissionPolicies({ ...props, jobs });
  const { spec } = policyOf(withJobs, "tasks-images-pytorchjobs");

  test("are judged with the job, and nothing else changes", () => {
    expect(withJobs.slice(0, manifests.length)).toEqual(manifests);
    expect(withJobs.slice(manifests.length).map(({ kind }) => kind)).toEqual([
      "ValidatingAdmissionPolicy",
      "ValidatingAdmissionPolicyBinding",
    ]);
    expect(spec.matchConstraints.resourceRules).toEqual([
      {
        apiGroups: ["kubeflow.org"],
        apiVersions: ["*"],
        operations: ["CREATE"],
        resources: ["pytorchjobs"],
      },
    ]);
  });

  test("are those of every container of every template, from the registries of pods", () => {
    const [registries, foreign] = spec.variables as { expression: string }[];
    expect(registries!.expression).toBe(JSON.stringify(props.registries));
    for (const list of ["containers", "initContainers"])
      expect(foreign!.expression).toContain(`t.spec.${list}`);
    expect(foreign!.expression).toMatch(/^\(object\.spec\.templates\)\.map\(t, /);
  });

  test("are refused for good where a pod's are, and noted where they are noted", () => {
    expect(spec.validations.map(({ reason }: { reason: string }) => reason)).toEqual(["Invalid"]);
    const noted = bindingsOf(admissionPolicies({ ...props, mode: "audit", jobs }));
    expect(noted.map((binding) => binding.spec.validationActions)).toEqual(Array(3).fill(["Audit"]));
  });
});
