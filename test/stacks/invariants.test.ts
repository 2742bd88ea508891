import { manifestChartVersion } from "../../constructs/kubernetes/manifest-chart";
import { shippedStacks } from "../support/shipped-stacks";
import { type Attributes, type StackJson, resources } from "../support/synth";

const stacks: [string, StackJson][] = shippedStacks().flatMap(({ stacks: own }) => Object.entries(own));

const types = (stack: StackJson) => Object.keys(stack.resource ?? {});
const all = (stack: StackJson, type: string) => Object.entries(resources(stack, type));

/** Every key and value inside a stack, with the path to it. */
function walk(value: unknown, path: string[] = []): { path: string[]; value: unknown }[] {
  if (value === null || typeof value !== "object") return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => walk(inner, [...path, key]));
}

/** Roles that only a project can carry; each with the reason why somebody holds it there. */
const PROJECT_ROLES: Record<string, string> = {
  "roles/container.defaultNodeServiceAccount": "nodes write logs and metrics of the whole project",
  "roles/serviceusage.serviceUsageConsumer": "nodes stream images, which uses the project's APIs",
  "roles/container.clusterViewer": "people ask for a cluster's address; Google has no grant on a cluster",
};

describe.each(stacks)("%s", (name, stack) => {
  test("keeps its state in a bucket, under a prefix of its own", () => {
    const { terraform } = stack as unknown as { terraform: { backend: { gcs: Attributes } } };
    expect(terraform.backend.gcs["bucket"]).toMatch(/^[a-z0-9-]+$/);
    const sharing = stacks.filter(([, other]) => {
      const gcs = (other as unknown as typeof stack & { terraform: typeof terraform }).terraform.backend.gcs;
      return (
        gcs["bucket"] === terraform.backend.gcs["bucket"] && gcs["prefix"] === terraform.backend.gcs["prefix"]
      );
    });
    expect(sharing).toHaveLength(1);
  });

  test("requires the pinned providers, and no other", () => {
    const { terraform } = stack as unknown as { terraform: Attributes };
    const pins: Record<string, string> = {
      google: "7.45.0",
      kubernetes: "3.2.1",
      helm: "3.1.2",
      random: "3.7.2",
    };
    for (const [name, provider] of Object.entries<Attributes>(terraform["required_providers"])) {
      expect(provider).toEqual({ source: `hashicorp/${name}`, version: pins[name] });
    }
    expect(terraform["required_version"]).toBe(">= 1.11");
  });

  test("holds no kubernetes_manifest, which needs the cluster to plan", () => {
    expect(types(stack)).not.toContain("kubernetes_manifest");
  });

  test("grants with *_iam_member only", () => {
    expect(types(stack).filter((type) => /_iam_(binding|policy|audit_config)$/.test(type))).toEqual([]);
  });

  test("has no role on the project that a resource could carry", () => {
    const roles = all(stack, "google_project_iam_member").map(([, member]) => member["role"]);
    expect(roles.filter((role) => !(role in PROJECT_ROLES))).toEqual([]);
  });

  test("gives the account that every pod has no right at the API server", () => {
    const subjects = walk(stack).flatMap(({ value }) =>
      typeof value === "string" ? (value.match(/"kind":"ServiceAccount","name":"[^"]*/g) ?? []) : [],
    );
    if (name.endsWith("-platform")) expect(subjects).not.toEqual([]);
    expect(subjects.filter((subject) => subject.endsWith('"default'))).toEqual([]);
  });

  test("has no service account key", () => {
    expect(types(stack)).not.toContain("google_service_account_key");
  });

  test("pins every Helm release, and makes it atomic and adoptable", () => {
    const releases = all(stack, "helm_release");
    expect(releases.length > 0).toBe(name.endsWith("-platform"));
    for (const [id, release] of releases) {
      expect([id, release["atomic"], release["upgrade_install"]]).toEqual([id, true, true]);
      const local = String(release["chart"]).startsWith("assets/");
      // Of the repository's own chart too: with none said, a changed one breaks every later deploy.
      expect([id, release["version"]]).toEqual([
        id,
        local ? manifestChartVersion : expect.stringMatching(/^v?\d+\.\d+\.\d+$/),
      ]);
    }
  });

  test("holds no secret value", () => {
    const secretKeys = /^(password|secret_data|private_key|root_password|client_secret|token)$/;
    const all = walk(stack.resource ?? {});
    const writeOnly = all.filter(({ path }) => path.some((key) => /_wo$/.test(key)));
    const written = all.filter(
      (leaf) => secretKeys.test(leaf.path.at(-1) ?? "") && !writeOnly.includes(leaf),
    );
    expect(written).toEqual([]);
    // Every one comes from an ephemeral value, and holds nothing that looks like a secret itself.
    for (const { value } of writeOnly) {
      const rest = String(value).replace(/\$\{[^}]*ephemeral\.[a-z_]+\.[A-Za-z0-9_-]+\.[a-z_]+\)?\}/g, "");
      expect(value).toContain("${");
      expect(rest).not.toMatch(/[A-Za-z0-9+/]{25,}/);
    }
  });

  test("labels what takes labels with whose it is", () => {
    const labels = types(stack).flatMap((type) =>
      all(stack, type).flatMap(([id, { labels }]) => (labels ? [[`${type}.${id}`, labels]] : [])),
    );
    const [environment] = name.split("-");
    expect(labels).toEqual(
      labels.map(([address]) => [
        address,
        expect.objectContaining({ environment, "managed-by": "terraform" }),
      ]),
    );
  });

  test("reads no other stack's state", () => {
    expect(Object.keys(stack.data ?? {})).not.toContain("terraform_remote_state");
  });
});
