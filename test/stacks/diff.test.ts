import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { differences } from "../support/differences";
import { prod } from "../support/environments/prod";
import { type Attributes, type StackJson, resources, synthesise } from "../support/synth";

// What a plan would show after a change of the environment file, in all four stacks: only what the change is about.

type Stacks = Record<string, StackJson>;
type Queues = EnvironmentConfig["queues"];

function stacksOf(queues: Queues): Stacks {
  const { environments } = defineEnvironments([{ ...prod, queues }]);
  return synthesise((outdir) => buildApp(environments, { outdir }));
}

/** Objects of a release that are new, gone or different: "Kind/name", or "Kind/namespace/name". */
function changedObjects(before: Stacks, after: Stacks, release: string): string[] {
  const [old, now] = [objectsOf(before, release), objectsOf(after, release)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => old[key] !== now[key])
    .sort();
}

/** The same for all releases that both have, the tenants' own left out. */
function changedInShared(before: Stacks, after: Stacks): string[] {
  return Object.values(resources(before["prod-platform"]!, "helm_release"))
    .map(({ name }) => name as string)
    .filter((name) => !name.startsWith("tenant-"))
    .flatMap((name) => changedObjects(before, after, name));
}

function objectsOf(stacks: Stacks, release: string): Record<string, string> {
  const { manifests = [] } = valuesOf(stacks, release) as { manifests?: Attributes[] };
  return Object.fromEntries(
    manifests.flatMap((manifest) => {
      const { namespace, name } = manifest["metadata"] as Attributes;
      const key = [manifest["kind"], namespace, name].filter(Boolean).join("/");
      // Facts about namespaces: each line is an object of its own to those who read a plan.
      const lines = Object.entries((manifest["data"] ?? {}) as Attributes);
      return lines.length > 0
        ? lines.map(([line, value]) => [`${manifest["kind"]}/${line}/${name}`, String(value)])
        : [[key, JSON.stringify(manifest)]];
    }),
  );
}

function valuesOf(stacks: Stacks, release: string): Attributes {
  const releases = Object.values(resources(stacks["prod-platform"]!, "helm_release"));
  return JSON.parse(releases.find(({ name }) => name === release)!["values"][0]);
}

/** Whether a release is made of objects, each of which can be looked at. */
const OBJECTS = /^helm_release\.(queues|policies_[\w-]+)\.values$/;

/** What differs in the resources: not the order between them, and without the hashes of CDKTF's ids. */
function changes(before: Stacks, after: Stacks): string[] {
  return differences(before, after)
    .filter((path) => !path.endsWith(".depends_on"))
    .map((path) => path.replace("prod-platform.resource.", "").replace(/_[0-9A-F]{8}(?=\.|$)/, ""))
    .sort();
}

const before = stacksOf(prod.queues);
const { research, product } = prod.queues.teams;
const domains = ["development", "production", "staging"];

test("nothing changes by itself", () => {
  expect(changes(before, stacksOf(prod.queues))).toEqual([]);
});

describe("another team", () => {
  const robotics = { projects: ["grasp"], cpu: 100, memoryGib: 400, gpus: { l4: 4, "h100-dws": 8 } };
  const after = stacksOf({ ...prod.queues, teams: { ...prod.queues.teams, robotics } });
  const found = changes(before, after);
  const own = found.filter((path) => /\.(tenants|tenants_owners|task-grants)_grasp\b/.test(path));

  test("brings the releases and the grants of its own project", () => {
    expect(own.filter((path) => path.startsWith("helm_release"))).toEqual(
      domains.map((domain) => `helm_release.tenants_grasp-${domain}`),
    );
    expect(own.filter((path) => path.startsWith("google_storage_bucket_iam_member"))).toHaveLength(
      3 * (2 + 3),
    );
    expect(own.filter((path) => path.startsWith("terraform_data"))).toHaveLength(1);
    expect(own).toHaveLength(3 + 15 + 1);
  });

  test("changes nothing else but what Flyte knows, and adds its own to objects that lie together", () => {
    expect(found.filter((path) => !own.includes(path) && !OBJECTS.test(path))).toEqual([
      "helm_release.flyte.values",
      "helm_release.flyte_rights.values",
    ]);
    expect(changedObjects(before, after, "queues")).toEqual([
      "ClusterQueue/robotics",
      "ClusterQueue/robotics-h100-dws",
      "Cohort/robotics",
    ]);
    for (const object of changedInShared(before, after)) expect(object).toMatch(/\/(robotics\b|grasp-)/);
  });

  test("adds its project to those that Flyte knows, and changes nothing else of Flyte", () => {
    const path = "flyte-core-components.admin.seedProjects";
    expect(differences(valuesOf(before, "flyte"), valuesOf(after, "flyte"))).toEqual([
      path,
      `${path}WithDetails`,
    ]);
    expect(valuesOf(after, "flyte")["flyte-core-components"].admin.seedProjects).toContain("grasp");
  });
});

describe("another flavor", () => {
  const flavors: Queues["flavors"] = {
    ...prod.queues.flavors,
    "a100-dws": { gpu: "a100-80gb", provisioning: "queued" },
  };
  const unused = stacksOf({ ...prod.queues, flavors });

  test("that no team has yet adds its own objects to the queues", () => {
    expect(changes(before, unused)).toEqual(["helm_release.queues.values"]);
    expect(changedObjects(before, unused, "queues")).toEqual([
      "AdmissionCheck/a100-dws-168h",
      "ProvisioningRequestConfig/a100-dws-168h",
      "ResourceFlavor/a100-dws",
    ]);
  });

  test("given to a team changes that team's objects, and no other's", () => {
    const gpus = { ...product!.gpus, "a100-dws": 4 };
    const used = stacksOf({
      ...prod.queues,
      flavors,
      teams: { research: research!, product: { ...product!, gpus } },
    });
    const namespaces = product!.projects.flatMap((project) =>
      domains.map((domain) => `${project}-${domain}`),
    );
    expect(changes(unused, used).filter((path) => !OBJECTS.test(path))).toEqual(
      namespaces.map((namespace) => `helm_release.tenants_${namespace}.values`).sort(),
    );
    expect(changedObjects(unused, used, "queues")).toEqual(["ClusterQueue/product-a100-dws"]);
    for (const namespace of namespaces)
      expect(changedObjects(unused, used, `tenant-${namespace}`)).toEqual([
        `LocalQueue/${namespace}/a100-dws`,
        `PodTemplate/${namespace}/a100-dws`,
      ]);
    for (const object of changedInShared(unused, used))
      expect(["product-a100-dws", ...namespaces]).toContain(object.split("/")[1]);
  });
});

test("another quota changes the one ClusterQueue that has it", () => {
  const gpus = { ...product!.gpus, l4: 12 };
  const after = stacksOf({
    ...prod.queues,
    teams: { research: research!, product: { ...product!, gpus } },
  });
  expect(changes(before, after)).toEqual(["helm_release.queues.values"]);
  expect(changedObjects(before, after, "queues")).toEqual(["ClusterQueue/product"]);
});

test("another owner of a project changes the queues of both teams, and that project's releases as a whole", () => {
  const after = stacksOf({
    ...prod.queues,
    teams: {
      research: { ...research!, projects: ["vision"] },
      product: { ...product!, projects: [...product!.projects, "nlp"] },
    },
  });
  const namespaces = domains.map((domain) => `nlp-${domain}`);
  const found = changes(before, after).filter(
    (path) => !OBJECTS.test(path) && path !== "helm_release.flyte.values",
  );
  expect(found).toEqual([
    // From then on the logs are the new team's to read; what is in the old one's bucket stays there.
    ...["product", "research"].map((team) => `google_logging_project_sink.people_${team}_sink.filter`),
    ...namespaces.map((namespace) => `helm_release.tenants_${namespace}.values`),
    "terraform_data.tenants_owners_nlp.triggers_replace",
  ]);
  const queues = ["product", "product-h100-dws", "research", "research-h100-dws"];
  expect(changedObjects(before, after, "queues")).toEqual(queues.map((name) => `ClusterQueue/${name}`));
  for (const object of changedInShared(before, after))
    expect([...queues, ...namespaces]).toContain(object.split("/")[1]);
});
