import {
  admissionPolicies,
  type AdmissionPoliciesProps,
} from "../../../constructs/policies/admission-policies";

const props: AdmissionPoliciesProps = {
  mode: "enforce",
  queues: { "vision-production": ["tasks", "h100-dws"], "nlp-production": ["tasks"] },
  gpus: true,
  gpuClasses: ["any-h100"],
  priorityClasses: ["production", "production-batch"],
  registries: ["us-central1-docker.pkg.dev/acme-ml/flyte-prod/", "cr.flyte.org/flyteorg/"],
};

// Policies' specs, which the Manifest type leaves open.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Any = any;
const of = (kind: string, changes: Partial<AdmissionPoliciesProps> = {}): Any[] =>
  admissionPolicies({ ...props, ...changes }).filter((object) => object.kind === kind);
const policy = (name: string, changes?: Partial<AdmissionPoliciesProps>): Any =>
  of("ValidatingAdmissionPolicy", changes).find(({ metadata }) => metadata.name === name);
const variable = (name: string, of: string): string =>
  policy(of).spec.variables.find((found: Any) => found.name === name).expression;

const POLICIES = [
  "tasks-gpu",
  "tasks-run-limit",
  "tasks-queue",
  "tasks-priority",
  "tasks-images",
  "tasks-privileges",
];

describe("every policy", () => {
  test("has a binding, for the namespaces of tasks only", () => {
    expect(of("ValidatingAdmissionPolicy").map(({ metadata }) => metadata.name)).toEqual(POLICIES);
    for (const binding of of("ValidatingAdmissionPolicyBinding")) {
      expect(binding.spec.policyName).toBe(binding.metadata.name);
      expect(binding.spec.matchResources).toEqual({
        namespaceSelector: { matchLabels: { "kueue-managed": "true" } },
      });
    }
  });

  test("refuses where it is enforced, and notes where it is not", () => {
    for (const { spec } of of("ValidatingAdmissionPolicyBinding"))
      expect(spec.validationActions).toEqual(["Deny", "Audit"]);
    for (const { spec } of of("ValidatingAdmissionPolicyBinding", { mode: "audit" }))
      expect(spec.validationActions).toEqual(["Audit"]);
  });

  test("judges pods when they are made; two of them what is added to a running pod as well", () => {
    const made = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] };
    const added = { ...made, operations: ["UPDATE"], resources: ["pods/ephemeralcontainers"] };
    const rules = of("ValidatingAdmissionPolicy").map(({ metadata, spec }) => [
      metadata.name,
      spec.matchConstraints.resourceRules,
    ]);
    expect(Object.fromEntries(rules)).toEqual({
      ...Object.fromEntries(POLICIES.map((name) => [name, [made]])),
      "tasks-images": [made, added],
      "tasks-privileges": [made, added],
    });
  });

  test("refuses for good: Flyte tries a 403 again, a 422 not", () => {
    for (const { spec } of of("ValidatingAdmissionPolicy")) {
      expect(spec.failurePolicy).toBe("Fail");
      for (const validation of spec.validations) {
        expect(validation.reason).toBe("Invalid");
        expect(validation.messageExpression).toMatch(/^"pod " \+ /);
      }
    }
  });

  test("judges pods when they are made, and never holds up their end", () => {
    for (const { spec } of of("ValidatingAdmissionPolicy"))
      for (const { resources, operations } of spec.matchConstraints.resourceRules)
        expect([resources, operations]).toEqual(
          resources[0] === "pods" ? [["pods"], ["CREATE"]] : [["pods/ephemeralcontainers"], ["UPDATE"]],
        );
  });

  test("uses only variables that it has, each after those that it stands on", () => {
    for (const { spec } of of("ValidatingAdmissionPolicy")) {
      const known = new Set<string>();
      const used = (expression: string) =>
        [...expression.matchAll(/variables\.(\w+)/g)].map(([, name]) => name!);
      for (const { name, expression } of spec.variables) {
        for (const other of used(expression)) expect(known).toContain(other);
        known.add(name);
      }
      for (const { expression, messageExpression } of spec.validations)
        for (const other of used(expression + messageExpression)) expect(known).toContain(other);
    }
  });
});

test("nothing speaks of GPUs where there are none", () => {
  expect(JSON.stringify(admissionPolicies({ ...props, gpus: false }))).not.toMatch(/nvidia|accelerator/);
});

describe("a GPU pod", () => {
  test("must name a queue and a type; init containers count", () => {
    expect(
      policy("tasks-gpu")
        .spec.validations.slice(0, 2)
        .map(({ expression }: Any) => expression),
    ).toEqual([
      'variables.queue != "" || !variables.gpu',
      "variables.selected || variables.required || !variables.gpu",
    ]);
    expect(variable("containers", "tasks-gpu")).toContain("initContainers");
    expect(variable("typeKeys", "tasks-gpu")).toBe(
      '["cloud.google.com/gke-accelerator","cloud.google.com/compute-class"]',
    );
  });

  test("names its type in every alternative of its affinity, or in its selector", () => {
    expect(variable("required", "tasks-gpu")).toContain("variables.terms.all(");
    expect(variable("required", "tasks-gpu")).toContain('e.operator == "In"');
  });
});

describe("a task's own pod", () => {
  test("is one that belongs to an execution, whatever made the others", () => {
    for (const name of ["tasks-gpu", "tasks-queue"])
      expect(variable("task", name)).toBe(
        'has(object.metadata.ownerReferences) && object.metadata.ownerReferences.exists(o, o.apiVersion.startsWith("flyte.lyft.com/"))',
      );
  });

  test("that names a flavor must ask for a GPU: its node has one, which no quota would count", () => {
    expect(variable("onGpuNodes", "tasks-gpu")).toBe(
      '"cloud.google.com/gke-accelerator" in variables.selector || ("cloud.google.com/compute-class" in variables.selector && variables.selector["cloud.google.com/compute-class"] in ["any-h100"])',
    );
    expect(policy("tasks-gpu").spec.validations[2]).toEqual({
      expression: "variables.gpu || !variables.onGpuNodes || !variables.task",
      messageExpression: expect.stringContaining("names a flavor and must ask for its GPUs"),
      reason: "Invalid",
    });
  });

  test("cannot leave the queues by an empty label; other pods may be without one", () => {
    expect(policy("tasks-queue").spec.validations[0].expression).toBe(
      'variables.queue in variables.queues || (variables.queue == "" && !variables.task)',
    );
  });
});

describe("a queue", () => {
  test("must be one of the namespace's, which a ConfigMap there lists", () => {
    expect(of("ConfigMap").map(({ metadata, data }) => [metadata.namespace, data])).toEqual([
      ["vision-production", { queues: "tasks,h100-dws" }],
      ["nlp-production", { queues: "tasks" }],
    ]);
    expect(policy("tasks-queue").spec.paramKind).toEqual({ apiVersion: "v1", kind: "ConfigMap" });
  });

  test("of a project that no team has yet is not judged: its tasks wait, visibly", () => {
    const binding = of("ValidatingAdmissionPolicyBinding").find(
      ({ metadata }) => metadata.name === "tasks-queue",
    );
    expect(binding.spec.paramRef).toEqual({
      name: "queues-of-this-namespace",
      parameterNotFoundAction: "Allow",
    });
  });
});

test("a priority must be a class that exists", () => {
  expect(variable("classes", "tasks-priority")).toBe('["production","production-batch"]');
});

test("images come from the registries of the props, in running pods too", () => {
  expect(variable("registries", "tasks-images")).toBe(JSON.stringify(props.registries));
  expect(policy("tasks-images").spec.matchConstraints.resourceRules).toHaveLength(2);
});

test("privileges are those of nobody", () => {
  const [host, contexts] = policy("tasks-privileges").spec.validations;
  expect(host.expression).toBe("!variables.host");
  for (const field of ["privileged", "allowPrivilegeEscalation", "capabilities.add"])
    expect(contexts.expression).toContain(field);
});

describe("a run limit of one's own", () => {
  test("is refused, because the flavor has one and Kueue can't serve two", () => {
    expect(variable("limits", "tasks-run-limit")).toBe(
      'has(object.metadata.annotations) ? object.metadata.annotations.map(k, k).filter(k, k.startsWith("provreq.kueue.x-k8s.io/")) : []',
    );
    expect(policy("tasks-run-limit").spec.validations).toEqual([
      {
        expression: "variables.limits.size() == 0",
        messageExpression: expect.stringContaining("is its flavor's to say: name another flavor"),
        reason: "Invalid",
      },
    ]);
  });
});
