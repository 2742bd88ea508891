import { gangPolicies, type GangPoliciesProps } from "../../../../constructs/addons/training/gang-policies";
import { pytorchJob, tensorflowJob } from "../../../../constructs/addons/training/job-kinds";
import type { Attributes } from "../../../support/synth";

// What the expressions do to a job is for a real API server to show; here: which there are, and for whom.

const written: GangPoliciesProps = {
  kinds: [pytorchJob],
  queueLabels: "written",
  queuedQueues: ["h100-dws"],
};
const copied: GangPoliciesProps = { ...written, queueLabels: "copied" };

const of = (props: GangPoliciesProps, kind: string) =>
  gangPolicies(props).filter((manifest) => manifest.kind === kind) as Attributes[];
const validations = (props: GangPoliciesProps) =>
  of(props, "ValidatingAdmissionPolicy")[0]!["spec"].validations as Attributes[];

describe("policies of gangs", () => {
  test("judge each kind by its own key, and only in the namespaces of tasks", () => {
    const both = { ...copied, kinds: [pytorchJob, tensorflowJob] };
    const names = ["ValidatingAdmissionPolicy", "MutatingAdmissionPolicy"].map((kind) =>
      of(both, kind).map(({ spec }) => spec.matchConstraints.resourceRules[0].resources),
    );
    expect(names).toEqual([
      [["pytorchjobs"], ["tfjobs"]],
      [["pytorchjobs"], ["tfjobs"]],
    ]);
    for (const kind of ["ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicyBinding"])
      for (const { spec } of of(both, kind))
        expect(spec.matchResources).toEqual({
          namespaceSelector: { matchLabels: { "kueue-managed": "true" } },
        });
    expect(JSON.stringify(of(both, "ValidatingAdmissionPolicy")[1])).not.toContain("pytorchReplicaSpecs");
  });

  test("refuse for good: Flyte spends no retry on 422", () => {
    expect(validations(written).map(({ reason }) => reason)).toEqual(Array(4).fill("Invalid"));
    const [binding] = of(written, "ValidatingAdmissionPolicyBinding");
    expect(binding!["spec"].validationActions).toEqual(["Deny", "Audit"]);
  });

  test("tell the author which labels to write, where nobody copies them", () => {
    for (const [props, told] of [
      [written, true],
      [copied, false],
    ] as const)
      expect(validations(props)[0]!["messageExpression"].includes("labels={")).toBe(told);
  });

  test("hold gangs to one role with GPUs where nodes come by one request, and nowhere else", () => {
    expect(validations(written).at(-1)!["expression"]).toBe(
      '!(variables.queue in ["h100-dws"]) || variables.gpuRoles.size() == 1',
    );
    expect(JSON.stringify(validations({ ...written, queuedQueues: [] }))).not.toContain("gpuRoles");
  });

  test("have a failed pod's companions taken away", () => {
    const [copying] = of(copied, "MutatingAdmissionPolicy");
    expect(copying!["spec"].mutations[0].jsonPatch.expression).toContain(
      'path: "/spec/runPolicy/cleanPodPolicy", value: "Running"',
    );
    expect(validations(written)[2]!["expression"]).toContain('cleanPodPolicy in ["Running", "All"]');
  });
});
