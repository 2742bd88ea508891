import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { ServiceIdentity, type ServiceIdentityProps } from "../../../constructs/google/service-identity";
import { addresses, onlyResource, resources, synthStack } from "../../support/synth";

/** A stack with the provider that its resources need. */
const synthGoogle = (build: (scope: TerraformStack) => void) =>
  synthStack((scope) => {
    new GoogleProvider(scope, "google");
    build(scope);
  });

const minimal: ServiceIdentityProps = { project: "acme-dev", accountId: "flyte-dev-backend" };

const flyte: ServiceIdentityProps = {
  ...minimal,
  displayName: "Flyte backend",
  buckets: {
    data: {
      bucket: "acme-dev-data",
      roles: ["roles/storage.objectUser", "roles/storage.legacyBucketReader"],
    },
  },
  secrets: { database: { secretId: "flyte-dev-database", roles: ["roles/secretmanager.secretAccessor"] } },
  repositories: {
    images: { location: "europe-west4", repository: "flyte-dev", roles: ["roles/artifactregistry.reader"] },
  },
  rolesOnItself: ["roles/iam.serviceAccountTokenCreator"],
  projectRoles: ["roles/container.defaultNodeServiceAccount"],
  kubernetesAccounts: { flyte: { namespace: "flyte", name: "flyte-binary" } },
};

const synth = (props: ServiceIdentityProps) =>
  synthGoogle((scope) => void new ServiceIdentity(scope, "flyte", props));

describe("a service identity", () => {
  test("is an account that may do nothing, unless told", () => {
    const stack = synth(minimal);
    expect(addresses(stack)).toEqual(["google_service_account.flyte"]);
    expect(onlyResource(stack, "google_service_account")).toEqual({
      project: "acme-dev",
      account_id: "flyte-dev-backend",
      display_name: "flyte-dev-backend",
      create_ignore_already_exists: true,
    });
  });

  test("holds each role on the resource that carries it", () => {
    const stack = synth(flyte);
    const member = "${google_service_account.flyte.member}";
    expect(Object.values(resources(stack, "google_storage_bucket_iam_member"))).toEqual([
      { bucket: "acme-dev-data", role: "roles/storage.legacyBucketReader", member },
      { bucket: "acme-dev-data", role: "roles/storage.objectUser", member },
    ]);
    expect(onlyResource(stack, "google_secret_manager_secret_iam_member")).toEqual({
      project: "acme-dev",
      secret_id: "flyte-dev-database",
      role: "roles/secretmanager.secretAccessor",
      member,
    });
    expect(onlyResource(stack, "google_artifact_registry_repository_iam_member")).toEqual({
      project: "acme-dev",
      location: "europe-west4",
      repository: "flyte-dev",
      role: "roles/artifactregistry.reader",
      member,
    });
    expect(onlyResource(stack, "google_project_iam_member")).toEqual({
      project: "acme-dev",
      role: "roles/container.defaultNodeServiceAccount",
      member,
    });
  });

  test("signs as itself, and Kubernetes accounts act as it", () => {
    expect(Object.values(resources(synth(flyte), "google_service_account_iam_member"))).toEqual([
      {
        service_account_id: "${google_service_account.flyte.name}",
        role: "roles/iam.serviceAccountTokenCreator",
        member: "${google_service_account.flyte.member}",
      },
      {
        service_account_id: "${google_service_account.flyte.name}",
        role: "roles/iam.workloadIdentityUser",
        member: "serviceAccount:acme-dev.svc.id.goog[flyte/flyte-binary]",
      },
    ]);
  });

  test("makes nothing but an account and members, at addresses that say what they are", () => {
    expect(addresses(synth(flyte)).map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "google_artifact_registry_repository_iam_member.flyte_repository-images_artifactregistryreader",
      "google_project_iam_member.flyte_project_containerdefaultNodeServiceAccount",
      "google_secret_manager_secret_iam_member.flyte_secret-database_secretmanagersecretAccessor",
      "google_service_account.flyte",
      "google_service_account_iam_member.flyte_itself_iamserviceAccountTokenCreator",
      "google_service_account_iam_member.flyte_kubernetes-accounts_flyte",
      "google_storage_bucket_iam_member.flyte_bucket-data_storagelegacyBucketReader",
      "google_storage_bucket_iam_member.flyte_bucket-data_storageobjectUser",
    ]);
  });

  test("names Kubernetes accounts only once the cluster has made their pool; the rest does not wait", () => {
    const stack = synthGoogle((scope) => {
      const cluster = new ServiceIdentity(scope, "cluster", { ...minimal, accountId: "stands-for-it" });
      new ServiceIdentity(scope, "flyte", { ...flyte, dependsOn: cluster.ready });
    });
    const waiting = Object.entries(stack.resource ?? {})
      .flatMap(([, byId]) => Object.entries(byId))
      .filter(([, attributes]) => attributes.depends_on !== undefined);
    expect(waiting).toEqual([
      [
        expect.stringContaining("flyte_kubernetes-accounts_flyte"),
        expect.objectContaining({ depends_on: ["google_service_account.cluster"] }),
      ],
    ]);
  });

  test("says who it is", () => {
    const stack = synthGoogle((scope) => {
      const { email, member } = new ServiceIdentity(scope, "flyte", minimal);
      new TerraformOutput(scope, "out", { value: [email, member] });
    });
    expect(stack.output?.["out"]?.value).toEqual([
      "${google_service_account.flyte.email}",
      "${google_service_account.flyte.member}",
    ]);
  });

  test("lets others wait for all of it", () => {
    const stack = synthGoogle((scope) => {
      const identity = new ServiceIdentity(scope, "flyte", flyte);
      new ServiceIdentity(scope, "later", {
        ...minimal,
        kubernetesAccounts: { flyte: { namespace: "n", name: "a" } },
        dependsOn: identity.ready,
      });
    });
    const later = Object.entries(resources(stack, "google_service_account_iam_member")).find(([id]) =>
      id.startsWith("later"),
    );
    expect(later?.[1].depends_on).toHaveLength(8);
  });
});

describe("the props of a service identity", () => {
  test.each(["abcdef", "a".repeat(30)])("pass at the boundary: %s", (accountId) => {
    expect(() => synth({ ...minimal, accountId })).not.toThrow();
  });

  test.each(["abcde", "a".repeat(31), "1abcde", "abcde-", "Abcdef"])(
    "fails for the account id %s",
    (accountId) => {
      expect(() => synth({ ...minimal, accountId })).toThrow(
        new Error(
          "test/flyte has 1 problem:\n- accountId must be 6 to 30 lowercase letters, digits and hyphens, " +
            `start with a letter and not end with a hyphen, got "${accountId}"`,
        ),
      );
    },
  );

  test.each([
    ["roles/owner", "name the roles that the work needs"],
    ["roles/editor", "name the roles that the work needs"],
    ["roles/viewer", "name the roles that the work needs"],
    ["roles/storage.objectUser", "use buckets"],
    ["roles/secretmanager.secretAccessor", "use secrets"],
    ["roles/artifactregistry.reader", "use repositories"],
    ["roles/cloudkms.cryptoKeyEncrypterDecrypter", "grant it on the key"],
    ["roles/iam.serviceAccountTokenCreator", "use rolesOnItself, or grant it on the other account"],
    ["roles/iam.serviceAccountUser", "use rolesOnItself, or grant it on the other account"],
    ["roles/iam.workloadIdentityUser", "use rolesOnItself, or grant it on the other account"],
  ])("fails for %s on the project", (role, instead) => {
    expect(() => synth({ ...minimal, projectRoles: [role] })).toThrow(
      new Error(
        "test/flyte has 1 problem:\n" +
          `- projectRoles must be roles that no single resource can carry, got "${role}" (${instead})`,
      ),
    );
  });

  test("fails with every refused role, and nothing about the others", () => {
    const projectRoles = ["roles/logging.logWriter", "roles/owner", "roles/storage.admin"];
    expect(() => synth({ ...minimal, projectRoles })).toThrow(
      new Error(
        "test/flyte has 1 problem:\n- projectRoles must be roles that no single resource can carry, got " +
          '"roles/owner" (name the roles that the work needs), "roles/storage.admin" (use buckets)',
      ),
    );
  });
});
