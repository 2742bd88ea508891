import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { App, TerraformStack } from "cdktf";
import {
  grantOnBucket,
  grantOnCryptoKey,
  grantOnProject,
  grantOnRepository,
  grantOnSecret,
  grantOnServiceAccount,
  grantsTo,
  type Grants,
} from "../../../constructs/google/grants";
import { addresses, onlyResource, resources, synthStack } from "../../support/synth";

/** A stack with the provider that its resources need. */
const synthGoogle = (build: (scope: TerraformStack) => void) =>
  synthStack((scope) => {
    new GoogleProvider(scope, "google");
    build(scope);
  });

const member = "group:ml@acme.dev";
const one: Grants = { team: { role: "roles/x.y", member } };

describe("a grant", () => {
  test("adds one member to the resource that carries it, whatever the kind", () => {
    const stack = synthGoogle((scope) => {
      grantOnBucket(scope, "bucket", { bucket: "b" }, one);
      grantOnRepository(scope, "repository", { project: "p", location: "l", repository: "r" }, one);
      grantOnSecret(scope, "secret", { project: "p", secretId: "s" }, one);
      grantOnServiceAccount(scope, "account", { serviceAccountId: "projects/p/serviceAccounts/a" }, one);
      grantOnCryptoKey(scope, "key", { cryptoKeyId: "k" }, one);
      grantOnProject(scope, "project", { project: "p" }, one);
    });
    const grant = { role: "roles/x.y", member };
    expect(onlyResource(stack, "google_storage_bucket_iam_member")).toEqual({ bucket: "b", ...grant });
    expect(onlyResource(stack, "google_artifact_registry_repository_iam_member")).toEqual({
      project: "p",
      location: "l",
      repository: "r",
      ...grant,
    });
    expect(onlyResource(stack, "google_secret_manager_secret_iam_member")).toEqual({
      project: "p",
      secret_id: "s",
      ...grant,
    });
    expect(onlyResource(stack, "google_service_account_iam_member")).toEqual({
      service_account_id: "projects/p/serviceAccounts/a",
      ...grant,
    });
    expect(onlyResource(stack, "google_kms_crypto_key_iam_member")).toEqual({ crypto_key_id: "k", ...grant });
    expect(onlyResource(stack, "google_project_iam_member")).toEqual({ project: "p", ...grant });
    expect(addresses(stack)).toHaveLength(6);
  });

  test("counts under a condition where it has one", () => {
    const condition = { title: "mine", description: "Own folder", expression: 'resource.name == "x"' };
    const stack = synthGoogle(
      (scope) =>
        void grantOnProject(scope, "project", { project: "p" }, { team: { ...one["team"]!, condition } }),
    );
    expect(onlyResource(stack, "google_project_iam_member")["condition"]).toEqual(condition);
  });

  test("has the same address whatever stands before it", () => {
    const idsWith = (grants: Grants) =>
      Object.keys(
        resources(
          synthGoogle((scope) => void grantOnBucket(scope, "grants", { bucket: "b" }, grants)),
          "google_storage_bucket_iam_member",
        ),
      );
    expect(idsWith({ first: { role: "roles/a", member }, ...one })).toEqual(
      expect.arrayContaining(idsWith(one)),
    );
  });

  test("is returned, and waits for what it is told to wait for", () => {
    const stack = synthGoogle((scope) => {
      const first = grantOnProject(scope, "first", { project: "p" }, one);
      grantOnBucket(scope, "then", { bucket: "b", dependsOn: first }, one);
    });
    expect(onlyResource(stack, "google_storage_bucket_iam_member").depends_on).toEqual([
      `google_project_iam_member.${Object.keys(resources(stack, "google_project_iam_member"))[0]}`,
    ]);
  });

  test("is not made where there is none", () => {
    const scope = new TerraformStack(new App(), "stack");
    expect(grantOnBucket(scope, "grants", { bucket: "b" }, {})).toEqual([]);
  });
});

describe("grants to one member", () => {
  test("are keyed by the role", () => {
    expect(grantsTo(member, ["roles/storage.objectUser", "projects/p/roles/custom"])).toEqual({
      "storage.objectUser": { role: "roles/storage.objectUser", member },
      "projects/p/roles/custom": { role: "projects/p/roles/custom", member },
    });
  });
});
