import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformStack } from "cdktf";
import {
  ArtifactRepository,
  type ArtifactRepositoryProps,
} from "../../../constructs/google/artifact-repository";
import { repositoryOf, repositoryUrl } from "../../../constructs/google/repository-url";
import { addresses, onlyResource, synthStack } from "../../support/synth";

/** A stack with the provider that its resources need. */
const synthGoogle = (build: (scope: TerraformStack) => void) =>
  synthStack((scope) => {
    new GoogleProvider(scope, "google");
    build(scope);
  });

const minimal: ArtifactRepositoryProps = {
  project: "acme-dev",
  location: "europe-west4",
  repositoryId: "flyte-dev",
};

const synth = (props: Partial<ArtifactRepositoryProps> = {}) =>
  synthGoogle((scope) => void new ArtifactRepository(scope, "images", { ...minimal, ...props }));

const repository = (props?: Partial<ArtifactRepositoryProps>) =>
  onlyResource(synth(props), "google_artifact_registry_repository");

describe("an artifact repository", () => {
  test("holds Docker images, scans them, keeps tags, cleans up and is protected without being told so", () => {
    expect(repository()).toEqual({
      project: "acme-dev",
      location: "europe-west4",
      repository_id: "flyte-dev",
      format: "DOCKER",
      mode: "STANDARD_REPOSITORY",
      docker_config: { immutable_tags: true },
      cleanup_policy_dry_run: false,
      cleanup_policies: [
        {
          id: "delete-untagged",
          action: "DELETE",
          condition: { tag_state: "UNTAGGED", older_than: "2592000s" },
        },
        { id: "keep-newest", action: "KEEP", most_recent_versions: { keep_count: 10 } },
      ],
      vulnerability_scanning_config: { enablement_config: "INHERITED" },
      deletion_policy: "PREVENT",
      lifecycle: { prevent_destroy: true },
    });
  });

  test("takes every setting", () => {
    expect(
      repository({
        description: "Task images",
        immutableTags: false,
        untaggedDays: 1,
        keepVersions: 3,
        kmsKeyName: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
        labels: { environment: "dev" },
        deletionProtection: false,
      }),
    ).toMatchObject({
      description: "Task images",
      cleanup_policies: [
        { condition: { older_than: "86400s" } },
        { most_recent_versions: { keep_count: 3 } },
      ],
      kms_key_name: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
      labels: { environment: "dev" },
      deletion_policy: "DELETE",
      lifecycle: { prevent_destroy: false },
    });
  });

  test("says nothing of tags that may change, which Google would never give back", () => {
    expect(repository({ immutableTags: true })).toMatchObject({ docker_config: { immutable_tags: true } });
    expect(repository({ immutableTags: false })).not.toHaveProperty("docker_config");
  });

  test("knows where images are pushed to before it exists", () => {
    let url: string | undefined;
    synthGoogle((scope) => void ({ url } = new ArtifactRepository(scope, "images", minimal)));
    expect(url).toBe("europe-west4-docker.pkg.dev/acme-dev/flyte-dev");
  });

  test("keeps its short address under the construct, with a grant per key beside it", () => {
    const stack = synth({
      grants: { ci: { role: "roles/artifactregistry.writer", member: "group:ci@acme.dev" } },
    });
    expect(addresses(stack)).toEqual([
      "google_artifact_registry_repository.images",
      expect.stringMatching(/^google_artifact_registry_repository_iam_member\.images_grants_ci_[0-9A-F]{8}$/),
    ]);
    expect(onlyResource(stack, "google_artifact_registry_repository_iam_member")).toEqual({
      project: "acme-dev",
      location: "europe-west4",
      repository: "${google_artifact_registry_repository.images.name}",
      role: "roles/artifactregistry.writer",
      member: "group:ci@acme.dev",
    });
  });
});

describe("the props of an artifact repository", () => {
  test.each([
    { repositoryId: "a" },
    { repositoryId: "a".repeat(63) },
    { untaggedDays: 1 },
    { keepVersions: 1 },
  ])("pass at the boundary: %j", (props) => {
    expect(() => synth(props)).not.toThrow();
  });

  const idMust =
    "repositoryId must be 1 to 63 lowercase letters, digits and hyphens, start with a letter and not end with a hyphen, got ";
  test.each([
    [{ repositoryId: "" }, `${idMust}""`],
    [{ repositoryId: "a".repeat(64) }, `${idMust}"${"a".repeat(64)}"`],
    [{ repositoryId: "1a" }, `${idMust}"1a"`],
    [{ repositoryId: "a-" }, `${idMust}"a-"`],
    [{ untaggedDays: 0 }, "untaggedDays must be a whole number of at least 1, got 0"],
    [{ keepVersions: 0.5 }, "keepVersions must be a whole number of at least 1, got 0.5"],
  ])("fails beyond it: %j", (props, problem) => {
    expect(() => synth(props)).toThrow(new Error(`test/images has 1 problem:\n- ${problem}`));
  });
});

test.each(["us-central1-docker.pkg.dev/acme-ml-build/images", "europe-docker.pkg.dev/acme-ml/flyte-dev"])(
  "an address and what it names are one: %s",
  (url) => {
    const { project, location, repository } = repositoryOf(url);
    expect(repositoryUrl(project, location, repository)).toBe(url);
  },
);
