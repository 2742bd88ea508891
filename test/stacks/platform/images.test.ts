import { knownImages } from "../../../constructs/known-images";
import { buildApp } from "../../../src/app";
import { defineEnvironments } from "../../../src/environment/define";
import type { EnvironmentConfig } from "../../../src/environment/schema";
import { prod } from "../../support/environments/prod";
import { dev } from "../../support/environments/dev";
import { resources, synthesise } from "../../support/synth";

const build = "europe-west4-docker.pkg.dev/acme-ml-build/images";
const stacks = synthesise((outdir) =>
  buildApp(defineEnvironments([{ ...dev, registry: { readFrom: { build } } }]).environments, { outdir }),
);
const platform = stacks["dev-platform"]!;

describe("digests", () => {
  const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
  const digests = Object.fromEntries(knownImages.map((name) => [name, digest]));
  const allAddOns: Required<NonNullable<EnvironmentConfig["addOns"]>> = { training: {}, ray: {}, spark: {} };
  const mirror = /^us-central1-docker\.pkg\.dev\/acme-ml-dev\/flyte-dev-(docker|ghcr|k8s)-io\//;

  /** Values with a repository and a tag, as the chart puts them together. */
  function withTags(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, each]) => [key, withTags(each)] as const);
    const { repository, tag, ...rest } = Object.fromEntries(entries);
    if (typeof repository === "string" && typeof tag === "string") return [`${repository}:${tag}`, rest];
    return Object.fromEntries(entries);
  }

  /** Every text of the platform's releases that comes from a mirror, but for prefixes of what tasks may run. */
  function mirrored(value: unknown): string[] {
    if (typeof value === "object" && value !== null) return Object.values(value).flatMap(mirrored);
    if (typeof value !== "string") return [];
    // Arguments hold images behind an equals sign.
    return value.split("=").filter((part) => mirror.test(part) && !part.endsWith("/"));
  }

  /** With every add-on on: one that pulls an image which `knownImages` does not hold is found here. */
  const pulledIn = (topology: "binary" | "core") => {
    const config = { ...dev, addOns: allAddOns };
    const { environments } = defineEnvironments([{ ...config, registry: { digests }, flyte: { topology } }]);
    const found = synthesise((outdir) => buildApp(environments, { outdir }))["dev-platform"]!;
    return Object.values(resources(found, "helm_release")).flatMap(({ values }) =>
      mirrored(withTags(JSON.parse(values[0]))),
    );
  };

  test.each(["binary", "core"] as const)(
    "hold every image that is pulled from a mirror, in topology %s",
    (topology) => {
      const images = pulledIn(topology);
      expect(images.length).toBeGreaterThan(4);
      for (const image of images) expect(image).toMatch(/[^@]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
    },
  );
});

describe("a team's own repository", () => {
  const research = "us-central1-docker.pkg.dev/acme-ml-prod/flyte-prod-team-research/";
  const product = "us-central1-docker.pkg.dev/acme-ml-prod/flyte-prod-team-product/";

  /** The repositories of the walls, by namespace, in an environment whose admission policies let these registries in. */
  function guardedIn(registries?: string[]) {
    const policies = { admission: { mode: "audit" as const, ...(registries && { registries }) } };
    const { environments } = defineEnvironments([{ ...prod, policies }]);
    const found = synthesise((outdir) => buildApp(environments, { outdir }))["prod-platform"]!;
    const walls = Object.values(resources(found, "helm_release")).find(({ name }) => name === "walls")!;
    const { manifests } = JSON.parse(walls["values"][0]) as {
      manifests: { metadata: { name: string }; data: Record<string, string> }[];
    };
    return manifests.find(({ metadata }) => metadata.name === "repositories-of-namespaces")?.data;
  }

  test("is its namespaces' alone, also where images are only noted", () =>
    expect(guardedIn()).toMatchObject({
      "vision-production": research,
      "nlp-development": research,
      "search-production": product,
    }));

  test("is everybody's where the environment lists it", () => {
    expect(guardedIn([research])).toMatchObject({ "vision-production": "", "search-production": product });
    expect(guardedIn([research, product])).toBeUndefined();
  });
});

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
