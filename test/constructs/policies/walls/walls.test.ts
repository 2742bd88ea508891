import { admissionPolicies } from "../../../../constructs/policies/admission-policies";
import { walls, type WallsProps } from "../../../../constructs/policies/walls/walls";
import { bindingsOf, policiesOf, policyOf } from "../support";
import { props } from "./props";

const manifests = walls(props);
const taste = admissionPolicies({ mode: "enforce", registries: ["ghcr.io/acme/"] });
const spec = (name: string) => policyOf(manifests, name).spec;
const variable = (name: string, of: string) =>
  spec(of).variables.find((found: { name: string }) => found.name === name).expression as string;
const first = (of: string) => spec(of).validations[0].expression as string;

const WALLS = [
  "wall-secrets",
  "wall-host",
  "wall-owner",
  "wall-pod-groups",
  "wall-queue",
  "wall-gpu",
  "wall-run-limit",
  "wall-priority",
  "wall-gate",
  "wall-tenant-objects",
  "wall-tokens",
];

describe("every wall", () => {
  test("refuses, and nothing only notes it; in the namespaces of tasks, of whatever project", () => {
    expect(policiesOf(manifests).map(({ metadata }) => metadata.name)).toEqual(WALLS);
    for (const binding of bindingsOf(manifests)) {
      expect(binding.spec.policyName).toBe(binding.metadata.name);
      expect(binding.spec.validationActions).toEqual(["Deny", "Audit"]);
      expect(binding.spec.matchResources).toEqual({
        namespaceSelector: { matchLabels: { "kueue-managed": "true" } },
      });
    }
  });

  test("refuses for good: Flyte tries a 403 again, a 422 not", () => {
    for (const policy of policiesOf(manifests)) {
      expect(policy.spec.failurePolicy).toBe("Fail");
      for (const validation of policy.spec.validations) expect(validation.reason).toBe("Invalid");
    }
  });

  test("says whom it means", () => {
    const begins: Record<string, RegExp> = {
      "wall-tenant-objects": /^request\.resource\.resource \+ /,
      "wall-tokens": /^"secret " \+ /,
    };
    for (const { metadata, spec } of policiesOf(manifests))
      for (const { messageExpression } of spec.validations)
        expect(messageExpression).toMatch(begins[metadata.name] ?? /^"pod " \+ /);
  });

  test("joins a pod's containers in variables only: elsewhere CEL holds the lists for different types", () => {
    for (const { spec } of [...policiesOf(manifests), ...policiesOf(taste)])
      for (const { expression } of spec.validations)
        expect(expression).not.toContain("object.spec.containers");
  });

  test("uses only variables that it has, each after those that it stands on", () => {
    const used = (expression: string) =>
      [...expression.matchAll(/variables\.(\w+)/g)].map(([, name]) => name!);
    for (const { spec } of policiesOf(manifests)) {
      const known = new Set<string>();
      for (const { name, expression } of spec.variables) {
        for (const other of used(expression)) expect(known).toContain(other);
        known.add(name);
      }
      for (const { expression, messageExpression } of spec.validations)
        for (const other of used(expression + messageExpression)) expect(known).toContain(other);
    }
  });

  test("judges pods when they are made, and never holds up their end", () => {
    const others = ["wall-gate", "wall-tenant-objects", "wall-tokens"];
    for (const { metadata, spec } of policiesOf(manifests).filter(
      ({ metadata }) => !others.includes(metadata.name),
    ))
      for (const { resources, operations } of spec.matchConstraints.resourceRules)
        expect([metadata.name, resources, operations]).toEqual(
          resources[0] === "pods"
            ? [metadata.name, ["pods"], ["CREATE"]]
            : [metadata.name, ["pods/ephemeralcontainers"], ["UPDATE"]],
        );
  });
});

describe("what a wall must know about a namespace", () => {
  test("lies outside of it, a line each", () => {
    expect(manifests.filter(({ kind }) => kind === "ConfigMap")).toEqual([
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "queues-of-namespaces", namespace: "flyte" },
        data: { "vision-production": "tasks,h100-dws", "nlp-production": "tasks" },
      },
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "priorities-of-namespaces", namespace: "flyte" },
        data: { "vision-production": "production,production-batch", "nlp-production": "production" },
      },
    ]);
  });

  test.each([
    ["wall-queue", "queues-of-namespaces"],
    ["wall-priority", "priorities-of-namespaces"],
  ])("%s refuses everything while it is not there", (name, configMap) => {
    expect(spec(name).paramKind).toEqual({ apiVersion: "v1", kind: "ConfigMap" });
    expect(bindingsOf(manifests).find(({ metadata }) => metadata.name === name).spec.paramRef).toEqual({
      name: configMap,
      namespace: "flyte",
      parameterNotFoundAction: "Deny",
    });
    expect(variable("names", name)).toBe('variables.known ? params.data[request.namespace].split(",") : []');
  });
});

test("nothing speaks of GPUs' nodes where there are none", () => {
  const without = walls({ ...props, gpus: false });
  expect(policiesOf(without).map(({ metadata }) => metadata.name)).toEqual(
    WALLS.filter((name) => name !== "wall-gpu" && name !== "wall-run-limit"),
  );
  expect(JSON.stringify(without)).not.toContain("gke-accelerator");
});

test("of ladders nothing is said where there are none", () => {
  expect(JSON.stringify(manifests)).toContain("besideLadder");
  expect(JSON.stringify(walls({ ...props, gpuClasses: [] }))).not.toContain("adder");
});

test("the value of a secret is refused wherever a container can have it; the name of one is not", () => {
  for (const list of ["containers", "initContainers", "ephemeralContainers"])
    expect(variable("copied", "wall-secrets")).toContain(`object.spec.${list}`);
  expect(variable("copied", "wall-secrets")).toContain('e.name.startsWith("_FSEC_") && !has(e.valueFrom)');
  expect(spec("wall-secrets").matchConstraints.resourceRules).toHaveLength(2);
});

test("a pod group is refused by label and by annotation, and so is a workload of one's own", () => {
  for (const key of ["pod-group-name", "pod-group-total-count", "prebuilt-workload-name"])
    expect(variable("grouped", "wall-pod-groups")).toContain(`"kueue.x-k8s.io/${key}" in object.metadata.`);
  for (const map of ["labels", "annotations"])
    expect(variable("grouped", "wall-pod-groups")).toContain(
      `"kueue.x-k8s.io/pod-group-name" in object.metadata.${map}`,
    );
});

test("an owner is believed of whoever may write its status, Flyte's executions aside", () => {
  expect(variable("operators", "wall-owner")).toContain('!o.apiVersion.startsWith("flyte.lyft.com/")');
  expect(first("wall-owner")).toContain(
    '.subresource("status").namespace(request.namespace).check("update")',
  );
});

describe("a queue", () => {
  test("is one of the namespace's; only an operator's pod may be without, and a project of no team waits", () =>
    expect(first("wall-queue")).toBe(
      'variables.queue == "" ? variables.operated : !variables.known || variables.queue in variables.names',
    ));

  test("of a GPU flavor is for those who ask for GPUs", () =>
    expect(spec("wall-queue").validations[1].expression).toBe(
      'variables.queue in ["","tasks"] || variables.operated || variables.gpu',
    ));
});

describe("a GPU", () => {
  test("has a queue and a type", () => {
    expect(first("wall-gpu")).toBe('variables.queue != "" || !variables.gpu || !variables.operated');
    expect(spec("wall-gpu").validations[1].expression).toBe(
      "variables.selected || variables.required || !variables.gpu",
    );
    expect(variable("required", "wall-gpu")).toContain("variables.terms.all(");
  });

  test("is asked for by every pod on its nodes: chosen, preferred or tolerated", () => {
    const where = variable("onGpuNodes", "wall-gpu");
    for (const part of [
      '"cloud.google.com/gke-accelerator" in variables.selector',
      'variables.selector["cloud.google.com/compute-class"] in ["any-h100"]',
      "variables.terms.exists(t,",
      "variables.preferences.exists(t,",
      't.key in ["", "nvidia.com/gpu"]',
    ])
      expect(where).toContain(part);
    expect(where).toContain('!(e.operator in ["NotIn", "DoesNotExist"])');
  });
});

describe("a run limit", () => {
  test("is the flavor's: no annotation of one's own", () =>
    expect(variable("own", "wall-run-limit")).toContain('k.startsWith("provreq.kueue.x-k8s.io/")'));

  test("of flex-start is that of the GPU's flavor, neither another nor none", () => {
    expect(variable("asFlavor", "wall-run-limit")).toContain('in ["nvidia-h100-80gb 43200"]');
    expect(variable("flexStart", "wall-run-limit")).toContain(
      't.key in ["", "cloud.google.com/gke-flex-start"]',
    );
    expect(spec("wall-run-limit").validations[1].expression).toBe(
      "variables.asFlavor || !(variables.limited || variables.flexStart)",
    );
  });
});

test("a priority is one of the domain's, and none of Kubernetes' own", () => {
  expect(first("wall-priority")).toBe(
    '!has(object.spec.priorityClassName) || object.spec.priorityClassName == ""',
  );
  expect(spec("wall-priority").validations[1].expression).toContain("variables.priority in variables.names");
});

test("a gate is lifted by whoever may admit workloads; other changes of a pod are not asked about", () => {
  const { matchConditions, matchConstraints } = spec("wall-gate");
  expect(matchConstraints.resourceRules).toMatchObject([{ operations: ["UPDATE"], resources: ["pods"] }]);
  expect(matchConditions).toHaveLength(1);
  expect(matchConditions[0].expression).toContain('g.name == "kueue.x-k8s.io/admission"');
  expect(first("wall-gate")).toContain('.resource("workloads").subresource("status")');
});

test("network policies and queues are changed by whoever may take the walls down", () => {
  expect(
    spec("wall-tenant-objects").matchConstraints.resourceRules.map(
      ({ resources }: { resources: string[] }) => resources[0],
    ),
  ).toEqual(["networkpolicies", "localqueues"]);
  expect(first("wall-tenant-objects")).toContain('.resource("validatingadmissionpolicies").check("delete")');
});

test("the host is out of reach, whatever the namespace's labels say", () => {
  for (const field of ["hostNetwork", "hostPID", "hostIPC", "hostPath"])
    expect(variable("host", "wall-host")).toContain(field);
  expect(variable("privileged", "wall-host")).toContain("c.securityContext.privileged");
});

describe("pods that a pod makes", () => {
  const owner = (more: Partial<WallsProps>) =>
    policyOf(walls({ ...props, ...more }), "wall-owner").spec.validations[0].expression as string;

  test("are nobody's right without an add-on that says whose", () =>
    expect(owner({})).not.toContain('o.kind == "Pod"'));

  test("are that account's of their own namespace alone", () =>
    expect(owner({ podMakers: ["spark"] })).toContain(
      'o.kind == "Pod" && ["spark"].exists(a, request.userInfo.username == "system:serviceaccount:" + request.namespace + ":" + a)',
    ));
});
