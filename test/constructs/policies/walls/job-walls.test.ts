import { walls } from "../../../../constructs/policies/walls/walls";
import { bindingsOf, policyOf } from "../support";
import { props } from "./props";

describe("walls of jobs", () => {
  const jobs = [
    { apiGroup: "kubeflow.org", resources: ["pytorchjobs", "tfjobs"] },
    { apiGroup: "ray.io", resources: ["rayjobs"] },
  ];
  const withJobs = walls({ ...props, jobs });
  const names = ["wall-job-queue", "wall-job-priority"];

  test("are there where tasks become jobs, and change nothing else", () => {
    const added = withJobs.filter(({ metadata }) => names.includes(metadata.name));
    expect(added.map(({ kind }) => kind)).toEqual([
      "ValidatingAdmissionPolicy",
      "ValidatingAdmissionPolicyBinding",
      "ValidatingAdmissionPolicy",
      "ValidatingAdmissionPolicyBinding",
    ]);
    expect(withJobs.filter((manifest) => !added.includes(manifest))).toEqual(walls(props));
  });

  test.each([
    ["wall-job-queue", "queues-of-namespaces", "must be in a queue of its namespace"],
    ["wall-job-priority", "priorities-of-namespaces", "must have a priority of its domain"],
  ])("%s judges all kinds by %s, for good, and says what is there", (name, params, says) => {
    const { spec: judged } = policyOf(withJobs, name);
    expect(judged.matchConstraints.resourceRules).toEqual(
      jobs.map((kind) => ({ ...withoutGroup(kind), apiVersions: ["*"], operations: ["CREATE"] })),
    );
    expect(judged.validations).toHaveLength(1);
    expect(judged.validations[0].reason).toBe("Invalid");
    expect(judged.validations[0].messageExpression).toContain(says);
    expect(judged.validations[0].messageExpression).toMatch(/^object\.kind \+ /);
    const binding = bindingsOf(withJobs).find(({ metadata }) => metadata.name === name)!;
    expect(binding.spec.paramRef).toEqual({
      name: params,
      namespace: "flyte",
      parameterNotFoundAction: "Deny",
    });
    expect(binding.spec.validationActions).toEqual(["Deny", "Audit"]);
  });

  test("let no job be without a queue: nothing of Kueue's would hold it", () =>
    expect(policyOf(withJobs, "wall-job-queue").spec.validations[0].expression).toMatch(
      /^variables\.queue != "" && /,
    ));

  function withoutGroup({ apiGroup, resources }: (typeof jobs)[number]) {
    return { apiGroups: [apiGroup], resources };
  }
});
