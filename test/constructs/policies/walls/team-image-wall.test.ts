import { walls } from "../../../../constructs/policies/walls/walls";
import { bindingsOf, policyOf } from "../support";
import { props } from "./props";

describe("the images of a team", () => {
  const own = (team: string) => [`us-central1-docker.pkg.dev/acme-ml/flyte-prod-team-${team}/`];
  const jobTemplates = [
    { apiGroup: "kubeflow.org", resource: "pytorchjobs", templates: "object.spec.templates" },
  ];
  const [vision, nlp] = [props.tenants["vision-production"]!, props.tenants["nlp-production"]!];
  const guarded = walls({
    ...props,
    tenants: {
      "vision-production": { ...vision, repositories: own("research") },
      "vision-development": { ...vision, repositories: own("research") },
      "nlp-production": nlp,
      "search-production": { ...nlp, repositories: own("product") },
    },
    jobTemplates,
  });
  const names = ["wall-team-images", "wall-team-images-pytorchjobs"];
  const variablesOf = (name: string) =>
    Object.fromEntries(
      policyOf(guarded, name).spec.variables.map((each: { name: string; expression: string }) => [
        each.name,
        each.expression,
      ]),
    ) as Record<string, string>;

  test("are known by namespace, outside of it; without any repository there is no such wall", () => {
    expect(guarded.find(({ metadata }) => metadata.name === "repositories-of-namespaces")?.["data"]).toEqual({
      "vision-production": own("research")[0],
      "vision-development": own("research")[0],
      "nlp-production": "",
      "search-production": own("product")[0],
    });
    expect(walls({ ...props, jobTemplates })).toEqual(walls(props));
  });

  test.each(names)(
    "%s refuses those of every other team, whichever way the registry's host is written",
    (name) => {
      const { others, foreign } = variablesOf(name);
      const all = [...own("research"), ...own("product")];
      // A team's own is left out by its whole name: the line of a team without any is empty, and begins every name.
      expect(others).toBe(
        `${JSON.stringify(all)}.filter(r, !(r in variables.names)).map(r, r.substring(r.indexOf("/") + 1))`,
      );
      expect(foreign).toContain('variables.others.exists(r, i.substring(i.indexOf("/") + 1).startsWith(r))');
      const binding = bindingsOf(guarded).find(({ metadata }) => metadata.name === name)!;
      expect(binding.spec.validationActions).toEqual(["Deny", "Audit"]);
      expect(binding.spec.paramRef.name).toBe("repositories-of-namespaces");
    },
  );

  test("are judged when a pod's change, and only those that are new", () => {
    const { before, foreign } = variablesOf("wall-team-images");
    expect(policyOf(guarded, "wall-team-images").spec.matchConstraints.resourceRules).toHaveLength(3);
    expect(before).toContain("oldObject == null ? [] : (oldObject.spec.containers");
    expect(foreign).toContain("!(i in variables.before)");
    expect(policyOf(guarded, "wall-team-images").spec.matchConditions[0].name).toBe("not-on-its-way-out");
  });
});
