import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { TerraformStack } from "cdktf";
import { CoreIdentities } from "../../../../constructs/flyte/core/core-identities";
import { disruptionBudgets } from "../../../../constructs/flyte/core/core-pods";
import { flyteCoreValues } from "../../../../constructs/flyte/core/core-values";
import { FlyteRelease, type FlyteReleaseProps } from "../../../../constructs/flyte/flyte-release";
import { addresses, onlyResource, resources, type StackJson, synthStack } from "../../../support/synth";
import { coreProps, minimalProps } from "../props";

const where = { namespace: "flyte", manifestChart: "assets/manifests", passwordSecret: "flyte-dev-database" };
const props: FlyteReleaseProps = { ...coreProps, ...where, topology: "core" };

const synthWith = (build: (stack: TerraformStack) => void): StackJson =>
  synthStack((stack) => {
    new GoogleProvider(stack, "google");
    new HelmProvider(stack, "helm");
    new KubernetesProvider(stack, "kubernetes");
    build(stack);
  });
const synth = (changes: Partial<FlyteReleaseProps> = {}): StackJson =>
  synthWith((stack) => new FlyteRelease(stack, "flyte", { ...props, ...changes } as FlyteReleaseProps));

const release = (json: StackJson, name: string) =>
  Object.values(resources(json, "helm_release")).find((found) => found["name"] === name)!;

describe("the release of Flyte in topology core", () => {
  const json = synth();
  const flyte = release(json, "flyte");

  test("is the pinned chart, with the values of the builder, nulls included", () => {
    expect(flyte).toMatchObject({ chart: "flyte-core", version: "v1.16.8", namespace: "flyte" });
    expect(JSON.parse(flyte["values"][0])).toEqual(flyteCoreValues(coreProps));
    expect(JSON.parse(flyte["values"][0]).flyteadmin.securityContext.seLinuxOptions).toBeNull();
  });

  test("has the address of topology binary: one follows the other in place", () => {
    const binary = synthWith(
      (stack) => new FlyteRelease(stack, "flyte", { ...minimalProps, ...where } as FlyteReleaseProps),
    );
    expect(addresses(json)).toContain("helm_release.flyte");
    expect(addresses(binary)).toContain("helm_release.flyte");
    expect(release(binary, "flyte")["name"]).toBe(flyte["name"]);
  });

  test("has disruption budgets in a release behind it", () => {
    const budgets = release(json, "flyte-disruption-budgets");
    expect(JSON.parse(budgets["values"][0]).manifests).toEqual(disruptionBudgets(false));
    expect(budgets["depends_on"]).toEqual(["helm_release.flyte"]);
  });
});

describe("the database password", () => {
  const json = synth({ passwordVersion: 4 });
  const secret = onlyResource(json, "kubernetes_secret_v1");

  test("is passed from Secret Manager to the cluster, and kept in neither plan nor state", () => {
    const stored = (json["ephemeral"] as Record<string, Record<string, object>>)[
      "google_secret_manager_secret_version"
    ]!;
    const [id] = Object.keys(stored);
    expect(stored[id!]).toEqual({ project: "acme-ml", secret: "flyte-dev-database" });
    expect(secret).toMatchObject({
      metadata: { name: "flyte-database", namespace: "flyte" },
      data_wo: { "pass.txt": `\${ephemeral.google_secret_manager_secret_version.${id}.secret_data}` },
    });
    expect(secret["data"]).toBeUndefined();
  });

  test("is written anew by its next version, before Flyte", () => {
    expect(secret["data_wo_revision"]).toBe(4);
    expect(release(json, "flyte")["depends_on"]).toEqual([
      expect.stringMatching(/^kubernetes_secret_v1\.flyte_password-secret_/),
      expect.stringMatching(/^helm_release\.flyte_rights_/),
    ]);
  });
});

describe("wrong props", () => {
  test.each<[Partial<FlyteReleaseProps>, string]>([
    [
      { access: { mode: "internal" } },
      'access must have host and oidc with mode "internal" and topology "core"; console and API are pods of their own there, and without the Gateway that comes with them one address cannot serve both',
    ],
    [
      { serviceAccounts: { ...coreProps.serviceAccounts, propeller: "flyte" } } as object,
      'serviceAccounts.propeller must be the e-mail address of a Google service account, got "flyte"; a Kubernetes identity without one cannot sign links',
    ],
    [
      { digests: { "ghcr.io/flyteorg/flyteadmin-release:v1.16.8": "v1.16.8" } },
      'digests["ghcr.io/flyteorg/flyteadmin-release:v1.16.8"] must be "sha256:" and 64 hexadecimal digits, got "v1.16.8"',
    ],
    [
      { extraValues: { common: { ingress: { enabled: true } } } },
      "extraValues.common.ingress.enabled must stay false, got true; access decides who reaches Flyte",
    ],
  ])("fails on %j", (changes, message) => {
    expect(() => synth(changes)).toThrow(new Error(`test/flyte has 1 problem:\n- ${message}`));
  });
});

describe("the identities of the parts", () => {
  const json = synthWith(
    (stack) =>
      new CoreIdentities(stack, "parts", {
        project: "acme-ml",
        accountIds: { scheduler: "dev-scheduler", propeller: "dev-propeller", datacatalog: "dev-catalog" },
        namespace: "flyte",
        storageRoles: ["roles/storage.objectUser"],
        metadataBucket: "metadata",
        dataBucket: "data",
      }),
  );

  test("are three, beside that of the API", () => {
    const ids = Object.values(resources(json, "google_service_account")).map(
      (account) => account["account_id"],
    );
    expect(ids.sort()).toEqual(["dev-catalog", "dev-propeller", "dev-scheduler"]);
  });

  test("may be taken by the chart's Kubernetes accounts, one each", () => {
    const members = Object.values(resources(json, "google_service_account_iam_member"));
    expect(members.map(({ role, member }) => [role, member]).sort()).toEqual(
      ["datacatalog", "flytepropeller", "flytescheduler"].map((name) => [
        "roles/iam.workloadIdentityUser",
        `serviceAccount:acme-ml.svc.id.goog[flyte/${name}]`,
      ]),
    );
  });

  test("reach only the buckets that the part works with: the scheduler none", () => {
    const grants = Object.entries(resources(json, "google_storage_bucket_iam_member"));
    expect(grants.map(([id, { bucket }]) => `${id.split("_")[1]} ${bucket}`).sort()).toEqual([
      "datacatalog metadata",
      "propeller data",
      "propeller metadata",
    ]);
  });

  test("may not sign as anybody: only the API does", () => {
    expect(JSON.stringify(json)).not.toContain("serviceAccountTokenCreator");
  });
});
