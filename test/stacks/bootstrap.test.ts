import { grantableRoles } from "../../constructs/google/deployer-roles";
import { BootstrapStack, type BootstrapProps } from "../../stacks/bootstrap-stack";
import { defineEnvironment } from "../../src/environment/define";
import { prod } from "../support/environments/prod";
import { synthApp } from "../support/synth";

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
    for (const { condition } of content)
      expect(JSON.stringify(condition)).toContain("acme-ml-terraform-state/objects/prod/");
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
    expect(users).toEqual([
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
    expect(Object.keys(without["google_service_account"] ?? {})).toEqual(["deployer"]);
    expect(without["google_iam_workload_identity_pool"]).toBeUndefined();
  });

  test("makes no key of any account", () => {
    expect(resource["google_service_account_key"]).toBeUndefined();
  });
});
