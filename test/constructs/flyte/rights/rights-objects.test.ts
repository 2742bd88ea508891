import { flyteRights, type FlyteRightsProps } from "../../../../constructs/flyte/rights/rights-objects";

const props: FlyteRightsProps = {
  topology: "binary",
  namespace: "flyte",
  taskNamespaces: ["vision-development", "vision-production"],
  plugins: { kinds: [{ apiGroup: "ray.io", resources: ["rayjobs"] }] },
  signIn: true,
  secretsWebhook: false,
};

interface Rbac {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly resourceNames?: readonly string[];
    readonly verbs: readonly string[];
  }[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly object[];
}

const objects = (changes: Partial<FlyteRightsProps> = {}) =>
  flyteRights({ ...props, ...changes }) as unknown as readonly Rbac[];

/** Every rule as one line, by the Role that has it. */
const rules = (changes?: Partial<FlyteRightsProps>): Record<string, readonly string[]> =>
  Object.fromEntries(
    objects(changes)
      .filter(({ kind }) => kind.endsWith("Role"))
      .map(({ kind, metadata, rules: lines = [] }) => [
        `${kind} ${metadata.name}`,
        lines.map(
          ({ apiGroups, resources, resourceNames, verbs }) =>
            `${apiGroups.join()}/${resources.join()}${resourceNames ? `[${resourceNames.join()}]` : ""}: ${verbs.join(" ")}`,
        ),
      ]),
  );

// With these the real Flyte v1.16.8 registered, ran, mapped, aborted and collected, and watched RayJobs: nothing was refused.
// Not every one of them was seen to be used: no RayJob was made, no second engine took over.
test("topology binary has exactly these rights", () => {
  expect(rules()).toEqual({
    "ClusterRole flyte-binary-everywhere": [
      "flyte.lyft.com/flyteworkflows: deletecollection list watch",
      "/namespaces: list",
      "/pods: list watch",
      "/podtemplates: list watch",
      "events.k8s.io/events: list watch",
      "apiextensions.k8s.io/customresourcedefinitions: create",
      "ray.io/rayjobs: list watch",
    ],
    "ClusterRole flyte-binary-tasks": [
      "flyte.lyft.com/flyteworkflows: create delete",
      "flyte.lyft.com/flyteworkflows: get update",
      "/pods: create delete get patch update",
      "/events: create patch",
      "ray.io/rayjobs: create delete get patch update",
    ],
    "Role flyte-binary": ["/secrets: create", "/secrets[flyte-binary-admin-auth]: get update"],
  });
});

test("topology core spreads them over its parts, and adds who leads", () => {
  const core = rules({ topology: "core", plugins: { kinds: [] } });
  expect(Object.keys(core)).toEqual([
    "ClusterRole flyteadmin-tasks",
    "Role flyteadmin",
    "ClusterRole flytepropeller-everywhere",
    "ClusterRole flytepropeller-tasks",
    "Role flytepropeller",
  ]);
  expect(core["ClusterRole flyteadmin-tasks"]).toEqual(["flyte.lyft.com/flyteworkflows: create delete"]);
  expect(core["Role flyteadmin"]).toEqual(["/secrets: create", "/secrets[flyte-admin-secrets]: get update"]);
  expect(core["Role flytepropeller"]).toEqual([
    "coordination.k8s.io/leases: create",
    "coordination.k8s.io/leases[propeller-leader]: get update",
    "/events: create patch",
  ]);
});

describe("in either topology", () => {
  const bothTopologies = (["binary", "core"] as const).map((topology) => ({ topology }));

  test.each(bothTopologies)(
    "changing rights hold in the namespaces of tasks alone: $topology",
    (topology) => {
      const bound = (role: string) =>
        objects(topology)
          .filter(({ roleRef }) => roleRef?.name === role)
          .map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}`);
      const tasks = Object.keys(rules(topology)).filter((name) => name.endsWith("-tasks"));
      for (const role of tasks.map((name) => name.replace("ClusterRole ", "")))
        expect(bound(role)).toEqual(["RoleBinding vision-development", "RoleBinding vision-production"]);
    },
  );

  test.each(bothTopologies)(
    "nobody reads a Secret outside Flyte's namespace, or writes a namespace: $topology",
    (topology) => {
      const outside = Object.entries(rules({ ...topology, secretsWebhook: true })).flatMap(([role, lines]) =>
        role.startsWith("ClusterRole") ? lines : [],
      );
      expect(outside.filter((line) => line.startsWith("/secrets"))).toEqual([]);
      expect(outside.filter((line) => line.includes("namespaces"))).toEqual(["/namespaces: list"]);
      expect(outside.filter((line) => line.includes("*"))).toEqual([]);
    },
  );

  test.each(bothTopologies)(
    "webhooks of the cluster are written with the secrets webhook alone: $topology",
    (topology) => {
      const text = (secretsWebhook: boolean) => JSON.stringify(objects({ ...topology, secretsWebhook }));
      expect(text(false)).not.toContain("mutatingwebhookconfigurations");
      expect(text(true)).toContain("mutatingwebhookconfigurations");
    },
  );
});

test("without sign-in topology binary has no Secret to write", () => {
  expect(rules({ signIn: false })).not.toHaveProperty("Role flyte-binary");
});
