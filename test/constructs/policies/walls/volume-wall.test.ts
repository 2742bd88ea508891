import { walls } from "../../../../constructs/policies/walls/walls";
import { bindingsOf, policiesOf, policyOf } from "../support";
import { props } from "./props";

const jobTemplates = [
  { apiGroup: "kubeflow.org", resource: "pytorchjobs", templates: "object.spec.templates" },
];
const tenants = {
  "vision-production": { ...props.tenants["vision-production"]!, buckets: ["acme-datasets"] },
  "nlp-production": { ...props.tenants["nlp-production"]!, buckets: [] },
};
const guarded = walls({ ...props, tenants, jobTemplates });
const names = ["wall-volumes", "wall-volumes-pytorchjobs"];
const messages = (of: typeof guarded, name: string) =>
  policyOf(of, name).spec.validations.map(
    ({ messageExpression }: { messageExpression: string }) => messageExpression,
  );

describe("the volumes of a team", () => {
  test("are known by namespace, outside of it; without any there is no such wall", () => {
    expect(guarded.find(({ metadata }) => metadata.name === "buckets-of-namespaces")?.["data"]).toEqual({
      "vision-production": "acme-datasets",
      "nlp-production": "",
    });
    const none = { "vision-production": { ...props.tenants["vision-production"]!, buckets: [] } };
    expect(walls({ ...props, tenants: none })).toEqual(
      walls({ ...props, tenants: { "vision-production": props.tenants["vision-production"]! } }),
    );
  });

  test.each(names)("%s refuses a bucket of another team, in every environment", (name) => {
    const { expression } = policyOf(guarded, name).spec.variables.find(
      (each: { name: string }) => each.name === "foreign",
    );
    expect(expression).toContain("in variables.buckets && !(");
    expect(expression).toContain("in variables.names)");
    const binding = bindingsOf(guarded).find(({ metadata }) => metadata.name === name)!;
    expect(binding.spec.validationActions).toEqual(["Deny", "Audit"]);
    expect(binding.spec.paramRef.name).toBe("buckets-of-namespaces");
    expect(messages(guarded, name)).toHaveLength(1);
  });

  test("refuse whoever names a file server by its address, once there are some", () => {
    const served = walls({ ...props, jobTemplates, fileServers: true });
    for (const name of names) {
      expect(messages(served, name)).toHaveLength(2);
      expect(messages(served, name)[1]).toContain("must not mount a file server by its address (nfs)");
    }
    expect(policiesOf(guarded).some((policy) => JSON.stringify(policy).includes(".nfs"))).toBe(false);
  });
});
