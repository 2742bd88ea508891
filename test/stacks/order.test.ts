import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import { prod } from "../support/environments/prod";
import { type StackJson, resources, synthesise } from "../support/synth";

// The order of a deploy; a destroy goes the other way round. Terraform follows depends_on, and so does what waits for it.

const { environments } = defineEnvironments([prod]);
const stacks = synthesise((outdir) => buildApp(environments, { outdir }));
const platform = stacks["prod-platform"]!;

/** Addresses that a resource waits for, near and far: by depends_on, and by what it refers to. */
function before(stack: StackJson, address: string, seen = new Set<string>()): Set<string> {
  const [type = "", id = ""] = address.split(".");
  const text = JSON.stringify(resources(stack, type)[id] ?? {});
  for (const [found] of text.matchAll(/\b(?:helm_release|kubernetes_namespace_v1|google_\w+)\.[\w-]+/g))
    if (!seen.has(found) && found !== address) before(stack, found, seen.add(found));
  return seen;
}

const release = (name: string) => {
  const found = Object.entries(resources(platform, "helm_release")).find(([, each]) => each["name"] === name);
  return `helm_release.${found![0]}`;
};
const tenants = Object.values(resources(platform, "helm_release"))
  .map(({ name }) => name as string)
  .filter((name) => name.startsWith("tenant-"));

test("queues wait for Kueue, and Kueue for the right to pull its image", () => {
  expect([...before(platform, release("queues"))]).toEqual(
    expect.arrayContaining([release("kueue"), "kubernetes_namespace_v1.kueue_namespace_7F215049"]),
  );
  const grants = Object.keys(resources(platform, "google_artifact_registry_repository_iam_member"));
  expect([...before(platform, release("kueue"))]).toEqual(
    expect.arrayContaining(grants.map((id) => `google_artifact_registry_repository_iam_member.${id}`)),
  );
});

test("every team's namespace waits for the queues, and for the namespace of its release", () => {
  expect(tenants).toHaveLength(4 * 3);
  for (const tenant of tenants)
    expect([...before(platform, release(tenant))]).toEqual(
      expect.arrayContaining([release("queues"), "kubernetes_namespace_v1.flyte-namespace"]),
    );
});

test("Flyte waits for Kueue, its queues and every team's namespace", () => {
  expect([...before(platform, release("flyte"))]).toEqual(
    expect.arrayContaining(["kueue", "queues", ...tenants].map(release)),
  );
});

test("nothing of Kueue waits for Flyte, so that a destroy takes Flyte first and Kueue last", () => {
  for (const name of ["kueue", "queues", ...tenants])
    expect([...before(platform, release(name))]).not.toContain(release("flyte"));
  expect([...before(platform, release("kueue"))]).not.toContain(release("queues"));
});
