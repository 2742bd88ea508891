import { buildApp } from "../../../src/app";
import { defineEnvironments } from "../../../src/environment/define";
import { dev } from "../../support/environments/dev";
import { resources, synthesise } from "../../support/synth";

const build = "europe-west4-docker.pkg.dev/acme-ml-build/images";
const stacks = synthesise((outdir) =>
  buildApp(defineEnvironments([{ ...dev, registry: { readFrom: { build } } }]).environments, { outdir }),
);
const platform = stacks["dev-platform"]!;

describe("a repository of another project that is read from", () => {
  test("may be pulled from by the nodes, and by nobody else for it", () => {
    const grants = Object.values(resources(platform, "google_artifact_registry_repository_iam_member"));
    expect(grants.filter(({ project }) => project === "acme-ml-build")).toEqual([
      {
        project: "acme-ml-build",
        location: "europe-west4",
        repository: "images",
        role: "roles/artifactregistry.reader",
        member: "serviceAccount:flyte-dev-nodes@acme-ml-dev.iam.gserviceaccount.com",
      },
    ]);
  });

  test("is one that tasks may take images from", () => {
    expect(JSON.stringify(resources(platform, "helm_release"))).toContain(`${build}/`);
  });
});
