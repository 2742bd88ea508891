import { teamAccess } from "../../../../constructs/kueue/objects/team-access";
import { tenantObjects } from "../../../../constructs/kueue/objects/tenant-objects";
import type { Manifest } from "../../../../constructs/kubernetes/manifest";
import { domains, everyMode, find } from "../queues";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const objects = teamAccess("vision-development", "ml-research@acme.example");
const role = find(objects, "Role", "team");
const rules = role["rules"] as readonly Rule[];
const may = rules.flatMap(({ apiGroups, resources, verbs }) =>
  apiGroups.flatMap((group) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}${group && `.${group}`}`)),
  ),
);

describe("what a team's people may do in a namespace", () => {
  test("is this, and not one thing more", () => {
    const looked = [
      "pods",
      "pods/log",
      "events",
      "events.events.k8s.io",
      "localqueues.kueue.x-k8s.io",
      "workloads.kueue.x-k8s.io",
    ].flatMap((resource) => ["get", "list", "watch"].map((verb) => `${verb} ${resource}`));
    expect([...may].sort()).toEqual(
      [
        ...looked,
        "get localqueues/pendingworkloads.visibility.kueue.x-k8s.io",
        "create secrets",
        "update secrets",
      ].sort(),
    );
  });

  test("is a look at the jobs of the add-ons that are on, too", () => {
    const kinds = [{ apiGroup: "kubeflow.org", resources: ["pytorchjobs", "tfjobs"] }];
    const more = find(teamAccess("vision-development", "ml-research@acme.example", kinds), "Role", "team");
    expect(more["rules"]).toEqual([
      ...rules,
      {
        apiGroups: ["kubeflow.org"],
        resources: ["pytorchjobs", "tfjobs"],
        verbs: ["get", "list", "watch"],
      },
    ]);
  });

  test("has no wildcard, and no rule about objects by name that could hide one", () => {
    expect(JSON.stringify(rules)).not.toContain("*");
    expect(rules.map((rule) => Object.keys(rule).sort())).toEqual(
      rules.map(() => ["apiGroups", "resources", "verbs"]),
    );
  });

  test("answers with no Secret's content: get, list and watch do, and so do patch and a deletion that is only tried", () => {
    expect(may.filter((right) => / secrets/.test(right))).toEqual(["create secrets", "update secrets"]);
  });

  test("is a Role of the namespace, for the group and for nobody else", () => {
    expect(objects.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
      ["Role", "vision-development"],
      ["RoleBinding", "vision-development"],
    ]);
    expect(find(objects, "RoleBinding", "team")).toMatchObject({
      roleRef: { kind: "Role", name: "team" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ml-research@acme.example" }],
    });
  });
});

describe("the namespaces of a team", () => {
  const tenant = (group?: string): readonly Manifest[] =>
    tenantObjects({
      jobs: [{ apiGroup: "ray.io", resources: ["rayjobs"] }],
      queues: {
        ...everyMode,
        teams: { ...everyMode.teams, research: { ...everyMode.teams["research"]!, group } },
      },
      domains,
      team: "research",
      project: "vision",
      domain: "production",
    });

  test("let in the team's group", () => {
    expect(find(tenant("ml-research@acme.example"), "RoleBinding", "team").metadata.namespace).toBe(
      "vision-production",
    );
  });

  test("let them look at its jobs", () =>
    expect(find(tenant("ml-research@acme.example"), "Role", "team")["rules"]).toContainEqual({
      apiGroups: ["ray.io"],
      resources: ["rayjobs"],
      verbs: ["get", "list", "watch"],
    }));

  test("let in nobody when there is none", () => {
    expect(tenant().filter(({ apiVersion }) => apiVersion.startsWith("rbac."))).toEqual([]);
  });
});
