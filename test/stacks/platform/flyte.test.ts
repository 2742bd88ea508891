import { buildApp } from "../../../src/app";
import { defineEnvironments } from "../../../src/environment/define";
import type { EnvironmentConfig } from "../../../src/environment/schema";
import { dev } from "../../support/environments/dev";
import { resources, synthesise } from "../../support/synth";

/** Values of a Helm release in the platform stack of an environment like `dev`. */
function valuesOf(release: string, changes: Partial<EnvironmentConfig> = {}): string {
  const { environments } = defineEnvironments([{ ...dev, ...changes }]);
  const stacks = synthesise((outdir) => buildApp(environments, { outdir }));
  const found = Object.values(resources(stacks["dev-platform"]!, "helm_release"));
  return found.find(({ name }) => name === release)?.values[0] as string;
}

test("Flyte runs Ray tasks where the cluster has Ray's operator, and nowhere else: without the CRD it wouldn't start", () => {
  expect(valuesOf("flyte", { addOns: { ray: {} } })).toContain('"ray":"ray"');
  expect(valuesOf("flyte")).not.toContain("ray.io");
});

test("what GKE puts beside a task may run: the sidecar that mounts a bucket", () => {
  const policies = valuesOf("admission-policies");
  for (const prefix of [
    "gke.gcr.io/",
    "gcr.io/gke-release/",
    "us-central1-artifactregistry.gcr.io/gke-release/",
  ])
    expect(policies).toContain(`\\"${prefix}\\"`);
});
