import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { SqlUser } from "@cdktf/provider-google/lib/sql-user";
import type { TerraformStack } from "cdktf";
import { PostgresPassword, type PostgresPasswordProps } from "../../../constructs/google/postgres-password";
import { onlyResource, synthStack } from "../../support/synth";

/** A stack with the provider that its resources need. */
const synthGoogle = (build: (scope: TerraformStack) => void) =>
  synthStack((scope) => {
    new GoogleProvider(scope, "google");
    build(scope);
  });

const minimal: PostgresPasswordProps = {
  project: "acme-dev",
  region: "europe-west4",
  passwordSecretId: "flyte-dev-database",
};

const synth = (props: Partial<PostgresPasswordProps> = {}) =>
  synthGoogle((scope) => {
    const password = new PostgresPassword(scope, "password", { ...minimal, ...props });
    new SqlUser(scope, "user", {
      instance: "i",
      name: "u",
      passwordWo: password.value,
      passwordWoVersion: password.version,
      dependsOn: password.ready,
    });
  });

/** The logical ids carry a hash; what they refer to is what counts. */
const withoutHashes = (value: unknown) =>
  JSON.parse(JSON.stringify(value).replace(/_[0-9A-F]{8}\b/g, "")) as Record<string, unknown>;

describe("a Postgres password", () => {
  const stack = synth();

  test("is random on each run, and can stand in a connection string without quotes", () => {
    expect(withoutHashes(stack["ephemeral"])["random_password"]).toEqual({
      password_random: { length: 32, special: false },
    });
  });

  test("is written once for each generation, never destroyed before the next one stands", () => {
    expect(withoutHashes(onlyResource(stack, "google_secret_manager_secret_version"))).toEqual({
      secret: "${google_secret_manager_secret.password.id}",
      secret_data_wo: "${ephemeral.random_password.password_random.result}",
      secret_data_wo_version: 1,
      deletion_policy: "DISABLE",
      lifecycle: { create_before_destroy: true },
    });
  });

  test("reaches the user as it was stored, not as it was made", () => {
    expect(withoutHashes(stack["ephemeral"])["google_secret_manager_secret_version"]).toEqual({
      password_stored: {
        secret: "${google_secret_manager_secret.password.id}",
        version: "${google_secret_manager_secret_version.password_version.version}",
      },
    });
    expect(withoutHashes(onlyResource(stack, "google_sql_user"))).toMatchObject({
      password_wo: "${ephemeral.google_secret_manager_secret_version.password_stored.secret_data}",
      password_wo_version: "${google_secret_manager_secret_version.password_version.version}",
      depends_on: [
        "google_secret_manager_secret.password",
        "google_secret_manager_secret_version.password_version",
      ],
    });
  });

  test("is named by no argument that Terraform would keep", () => {
    expect(JSON.stringify(stack)).not.toMatch(/"(secret_data|password|root_password)":"/);
    expect(stack.resource?.["random_password"]).toBeUndefined();
  });

  test("has its secret in one region, protected", () => {
    expect(onlyResource(stack, "google_secret_manager_secret")).toEqual({
      project: "acme-dev",
      secret_id: "flyte-dev-database",
      replication: { user_managed: { replicas: [{ location: "europe-west4" }] } },
      deletion_protection: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("takes every setting", () => {
    const other = synth({
      passwordVersion: 7,
      passwordKmsKeyName: "k",
      labels: { environment: "dev" },
      deletionProtection: false,
    });
    expect(onlyResource(other, "google_secret_manager_secret_version").secret_data_wo_version).toBe(7);
    expect(onlyResource(other, "google_secret_manager_secret")).toMatchObject({
      labels: { environment: "dev" },
      replication: {
        user_managed: { replicas: [{ customer_managed_encryption: { kms_key_name: "k" } }] },
      },
      deletion_protection: false,
      lifecycle: { prevent_destroy: false },
    });
  });
});

describe("the props of a Postgres password", () => {
  test.each([
    { passwordSecretId: "a" },
    { passwordSecretId: "A_".repeat(127) + "1" },
    { passwordVersion: 1 },
  ])("pass at the boundary: %j", (props) => {
    expect(() => synth(props)).not.toThrow();
  });

  const idMust = "passwordSecretId must be 1 to 255 letters, digits, hyphens and underscores, got ";
  test.each([
    [{ passwordSecretId: "" }, `${idMust}""`],
    [{ passwordSecretId: "a".repeat(256) }, `${idMust}"${"a".repeat(256)}"`],
    [{ passwordSecretId: "a/b" }, `${idMust}"a/b"`],
    [{ passwordVersion: 0 }, "passwordVersion must be a whole number of at least 1, got 0"],
    [{ passwordVersion: 1.5 }, "passwordVersion must be a whole number of at least 1, got 1.5"],
  ])("fails beyond it: %j", (props, problem) => {
    expect(() => synth(props)).toThrow(new Error(`test/password has 1 problem:\n- ${problem}`));
  });
});
