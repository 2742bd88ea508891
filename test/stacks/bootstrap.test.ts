import { grantableRoles } from "../../constructs/google/deployer-roles";
import { BootstrapStack, type BootstrapProps } from "../../stacks/bootstrap-stack";
import { defineEnvironment } from "../../src/environment/define";
import { prod } from "../support/environments/prod";
import { stackAccounts } from "../../stacks/service-accounts";
import { shippedAndFull } from "../support/shipped-stacks";
import { resources, synthApp } from "../support/synth";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

const all = { stateBucket: true, accessLogBucket: true };
function synth(props: Partial<BootstrapProps> = {}, github = prod.github) {
  const { github: _github, ...rest } = prod;
  const environment = defineEnvironment(github ? { ...rest, github } : rest);
  const stacks = synthApp((app) => new BootstrapStack(app, environment, { makes: all, ...props }));
  return stacks["prod-bootstrap"] as unknown as { resource: Resources; terraform: { backend: object } };
}

describe("the bootstrap stack", () => {
  const { resource } = synth();
  const projectRoles = Object.values(resource["google_project_iam_member"] ?? {});

  test("keeps its state here while told so, in the bucket otherwise", () => {
    expect(synth({ localState: "/here.tfstate" }).terraform.backend).toEqual({
      local: { path: "/here.tfstate" },
    });
    expect(synth().terraform.backend).toEqual({
      gcs: { bucket: "acme-ml-terraform-state", prefix: "prod/bootstrap" },
    });
  });

  test("makes a state bucket that keeps versions, is private, and whose locks can be deleted at once", () => {
    expect(resource["google_storage_bucket"]?.["state"]).toMatchObject({
      versioning: { enabled: true },
      public_access_prevention: "enforced",
      uniform_bucket_level_access: true,
      soft_delete_policy: { retention_duration_seconds: 2_592_000 },
      lifecycle: { prevent_destroy: true },
      logging: { log_bucket: "acme-ml-access-logs" },
    });
    expect(resource["google_storage_bucket"]?.["state"]).not.toHaveProperty("retention_policy");
  });

  test("makes no bucket that exists", () => {
    const none = synth({ makes: { stateBucket: false, accessLogBucket: false } });
    expect(none.resource["google_storage_bucket"]).toBeUndefined();
  });

  test("lets the deployer grant only the roles that the stacks grant", () => {
    const admin = projectRoles.filter(({ role }) => role === "roles/resourcemanager.projectIamAdmin");
    expect(admin).toHaveLength(1);
    expect(JSON.stringify(admin[0]?.["condition"])).toContain(grantableRoles[0]);
    expect(projectRoles.map(({ role }) => role)).not.toContain("roles/owner");
    expect(projectRoles.map(({ role }) => role)).not.toContain("roles/editor");
  });

  test("keeps the deployer's hands off the bucket with the states, which may hold other environments' too", () => {
    const admin = projectRoles.filter(({ role }) => role === "roles/storage.admin");
    expect(admin).toHaveLength(1);
    expect(admin[0]?.["condition"]).toMatchObject({
      expression:
        'resource.name != "projects/_/buckets/acme-ml-terraform-state" && ' +
        '!resource.name.startsWith("projects/_/buckets/acme-ml-terraform-state/")',
    });
  });

  test("opens an environment's states to its own deployer only, and to the planner for reading", () => {
    const members = Object.values(resource["google_storage_bucket_iam_member"] ?? {});
    const content = members.filter(({ role }) => /objectUser|objectViewer/.test(String(role)));
    expect(content).toHaveLength(3);
    const own =
      'resource.name.startsWith("projects/_/buckets/acme-ml-terraform-state/objects/prod/") && ' +
      '!resource.name.startsWith("projects/_/buckets/acme-ml-terraform-state/objects/prod/bootstrap/")';
    expect(content.map(({ condition }) => (condition as { expression: string }).expression)).toEqual([
      own,
      `${own} && resource.name.endsWith(".tflock")`,
      own,
    ]);
  });

  test("keeps its own state from both: an owner runs it, and a state can name a program", () => {
    const { bucket, prefix } = (synth().terraform.backend as { gcs: { bucket: string; prefix: string } }).gcs;
    const state = `projects/_/buckets/${bucket}/objects/${prefix}/`;
    const members = Object.values(resource["google_storage_bucket_iam_member"] ?? {});
    const content = members.filter(({ condition }) => condition !== undefined);
    expect(content).toHaveLength(3);
    for (const { condition } of content)
      expect((condition as { expression: string }).expression).toContain(
        `&& !resource.name.startsWith("${state}")`,
      );
  });

  describe("service accounts", () => {
    const accounts = resource["google_service_account"] ?? {};
    const grants = Object.values(resource["google_service_account_iam_member"] ?? {}).filter(({ member }) =>
      String(member).startsWith("${google_service_account.deployer."),
    );

    test("lets the deployer keep those of its stacks, make a cluster with the nodes' one, and touch no other", () => {
      const ids = (type: RegExp) =>
        grants
          .filter(({ role }) => type.test(String(role)))
          .map(
            ({ service_account_id: name }) => /google_service_account\.(\w+)\./.exec(String(name))?.[1] ?? "",
          )
          .map((id) => accounts[id]?.["account_id"]);
      expect(ids(/serviceAccountAdmin$/)).toEqual(["flyte-prod-backend", "flyte-prod-nodes"]);
      expect(ids(/serviceAccountUser$/)).toEqual(["flyte-prod-nodes"]);
      expect(grants).toHaveLength(3);
      const onProject = projectRoles.filter(({ role }) => /iam\.|roles\/(owner|editor)$/.test(String(role)));
      expect([...new Set(onProject.map(({ role }) => role))].sort()).toEqual([
        "roles/iam.securityReviewer",
        "roles/iam.serviceAccountCreator",
      ]);
    });

    test("are those that the stacks make, in the same words: two states hold each", () => {
      for (const { config, stacks } of shippedAndFull()) {
        const made = Object.values(stacks).flatMap((stack) =>
          Object.values(resources(stack, "google_service_account")),
        );
        const own = Object.values(stackAccounts(defineEnvironment(config)));
        expect(made.map(({ account_id, display_name }) => `${account_id} ${display_name}`).sort()).toEqual(
          own.map(({ accountId, displayName }) => `${accountId} ${displayName}`).sort(),
        );
        for (const account of made) expect(account["create_ignore_already_exists"]).toBe(true);
      }
    });
  });

  test("lets the planner read the values of the two secrets that a plan reads, before they exist, and no other", () => {
    const accessor = projectRoles.filter(({ role }) => role === "roles/secretmanager.secretAccessor");
    expect(accessor).toHaveLength(1);
    expect(accessor[0]!["condition"]).toMatchObject({
      expression: ["flyte-prod-database-password", "flyte-prod-oidc-client"]
        .map(
          (secret) =>
            `resource.name.startsWith("projects/\${data.google_project.planner_project-number_9021589A.number}/secrets/${secret}/versions/")`,
        )
        .join(" || "),
    });
    expect(JSON.stringify(resource["google_project_iam_custom_role"])).not.toMatch(
      /secret[^"]*\.(get|list|access)/,
    );
  });

  test("makes a bucket in the project that is named for it, and lets both ask whose it is", () => {
    const { github, ...rest } = prod;
    const environment = defineEnvironment({
      ...rest,
      ...(github && { github }),
      state: { bucket: "acme-states", project: "acme-admin" },
      storage: { ...rest.storage, accessLogProject: "acme-logs" },
    });
    const stacks = synthApp((app) => new BootstrapStack(app, environment, { makes: all }));
    const stack = stacks["prod-bootstrap"]!;
    expect(Object.values(resources(stack, "google_storage_bucket")).map(({ project }) => project)).toEqual([
      "acme-logs",
      "acme-admin",
    ]);
    const browsers = Object.values(resources(stack, "google_project_iam_member")).filter(
      ({ role, project }) => role === "roles/browser" && project === "acme-admin",
    );
    expect(browsers.map(({ member }) => member)).toEqual([
      "${google_service_account.deployer.member}",
      "${google_service_account.planner.member}",
    ]);
  });

  test("accepts GitHub's tokens of the repository only: of its branch and environment to deploy, to plan of a pull request or the clock", () => {
    const providers = Object.values(resource["google_iam_workload_identity_pool_provider"] ?? {});
    const repository = 'assertion.repository == "acme/flyte-platform"';
    expect(providers.map(({ attribute_condition }) => attribute_condition)).toEqual([
      `${repository} && assertion.environment == "prod" && assertion.ref == "refs/heads/main"`,
      `${repository} && assertion.environment == "prod-plan" && assertion.event_name in ["pull_request", "schedule"]`,
    ]);
    const users = Object.values(resource["google_service_account_iam_member"] ?? {}).map(
      ({ member }) => member,
    );
    expect(users.filter((member) => String(member).startsWith("principal:"))).toEqual([
      expect.stringMatching(/^principal:.*\/subject\/repo:acme\/flyte-platform:environment:prod$/),
      expect.stringMatching(/^principal:.*\/subject\/repo:acme\/flyte-platform:environment:prod-plan$/),
    ]);
  });

  test("does not read GitHub's own subject, which holds numeric ids for new repositories only", () => {
    const providers = Object.values(resource["google_iam_workload_identity_pool_provider"] ?? {});
    expect(JSON.stringify(providers)).not.toContain("assertion.sub");
    for (const { attribute_mapping } of providers)
      expect(attribute_mapping).toEqual({
        "google.subject": '"repo:" + assertion.repository + ":environment:" + assertion.environment',
      });
  });

  test("makes no federation and no planner without a repository", () => {
    const { resource: without } = synth({}, null as unknown as undefined);
    expect(Object.keys(without["google_service_account"] ?? {}).join()).not.toContain("planner");
    expect(Object.keys(without["google_project_iam_member"] ?? {}).join()).not.toContain("planner");
    expect(without["google_iam_workload_identity_pool"]).toBeUndefined();
  });

  test("makes no key of any account", () => {
    expect(resource["google_service_account_key"]).toBeUndefined();
  });
});
