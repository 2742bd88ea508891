import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import { waitsFor } from "../support/references";
import { prod } from "../support/environments/prod";
import { resources, synthesise } from "../support/synth";

// The order of a deploy; a destroy goes the other way round. Terraform follows depends_on, and so does what waits for it.

const { environments } = defineEnvironments([prod]);
const stacks = synthesise((outdir) => buildApp(environments, { outdir }));
const platform = stacks["prod-platform"]!;

const release = (name: string) => {
  const found = Object.entries(resources(platform, "helm_release")).find(([, each]) => each["name"] === name);
  return `helm_release.${found![0]}`;
};
const tenants = Object.values(resources(platform, "helm_release"))
  .map(({ name }) => name as string)
  .filter((name) => name.startsWith("tenant-"));

test("queues wait for Kueue, and Kueue for the right to pull its image", () => {
  expect([...waitsFor(platform, release("queues"))]).toEqual(
    expect.arrayContaining([release("kueue"), "kubernetes_namespace_v1.kueue_namespace_7F215049"]),
  );
  const grants = Object.keys(resources(platform, "google_artifact_registry_repository_iam_member"));
  expect([...waitsFor(platform, release("kueue"))]).toEqual(
    expect.arrayContaining(grants.map((id) => `google_artifact_registry_repository_iam_member.${id}`)),
  );
});

test("every team's namespace waits for Kueue, and for the namespace of its release", () => {
  expect(tenants).toHaveLength(4 * 3);
  for (const tenant of tenants)
    expect([...waitsFor(platform, release(tenant))]).toEqual(
      expect.arrayContaining([release("kueue"), "kubernetes_namespace_v1.flyte-namespace"]),
    );
});

test("Flyte waits for Kueue and every team's namespace, so that a schedule finds its pod templates", () => {
  expect([...waitsFor(platform, release("flyte"))]).toEqual(
    expect.arrayContaining(["kueue", ...tenants].map(release)),
  );
});

test("queues wait for Flyte, so that a destroy that hangs at a running task still has what ends the task", () => {
  expect([...waitsFor(platform, release("queues"))]).toEqual(
    expect.arrayContaining(["kueue", "flyte", ...tenants].map(release)),
  );
});

test("nothing but the queues waits for Flyte, and nothing for the queues; Kueue goes last", () => {
  for (const name of ["kueue", ...tenants])
    expect([...waitsFor(platform, release(name))]).not.toContain(release("flyte"));
  for (const name of ["kueue", "flyte", ...tenants])
    expect([...waitsFor(platform, release(name))]).not.toContain(release("queues"));
});
