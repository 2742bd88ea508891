import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformStack } from "cdktf";
import { DataBucket, type DataBucketProps } from "../../../constructs/google/data-bucket";
import { addresses, onlyResource, synthStack } from "../../support/synth";

/** A stack with the provider that its resources need. */
const synthGoogle = (build: (scope: TerraformStack) => void) =>
  synthStack((scope) => {
    new GoogleProvider(scope, "google");
    build(scope);
  });

const minimal: DataBucketProps = { project: "acme-dev", name: "acme-dev-data", location: "europe-west4" };

const synth = (props: Partial<DataBucketProps> = {}) =>
  synthGoogle((scope) => void new DataBucket(scope, "data", { ...minimal, ...props }));

const bucket = (props?: Partial<DataBucketProps>) => onlyResource(synth(props), "google_storage_bucket");

describe("a data bucket", () => {
  test("is private, versioned, recoverable and protected without being told so", () => {
    expect(bucket()).toEqual({
      project: "acme-dev",
      name: "acme-dev-data",
      location: "europe-west4",
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 604_800 },
      lifecycle_rule: [
        { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
        { action: { type: "Delete" }, condition: { days_since_noncurrent_time: 30 } },
      ],
      force_destroy: false,
      deletion_policy: "PREVENT",
      lifecycle: { prevent_destroy: true },
    });
  });

  test("lets what is below a prefix expire: what is in use, not what is kept for a mistake", () => {
    const rules = (props?: Partial<DataBucketProps>) => bucket(props)["lifecycle_rule"];
    const [...usual] = rules();
    expect(rules({ expires: { prefix: "data/", days: 180 } })).toEqual([
      ...usual,
      {
        action: { type: "Delete" },
        condition: { age: 180, matches_prefix: ["data/"], with_state: "LIVE" },
      },
    ]);
    for (const expires of [
      { prefix: "", days: 180 },
      { prefix: "data/", days: 0 },
    ])
      expect(() => synth({ expires })).toThrow(
        `expires must have a prefix and a whole number of days of at least 1, got ${JSON.stringify(expires)}; without a prefix everything would go`,
      );
  });

  test("takes every setting", () => {
    expect(
      bucket({
        versioning: false,
        noncurrentVersionDays: 3,
        softDeleteDays: 0,
        kmsKeyName: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
        labels: { environment: "dev" },
      }),
    ).toMatchObject({
      versioning: { enabled: false },
      soft_delete_policy: { retention_duration_seconds: 0 },
      lifecycle_rule: [{}, { condition: { days_since_noncurrent_time: 3 } }],
      encryption: { default_kms_key_name: "projects/p/locations/l/keyRings/r/cryptoKeys/k" },
      labels: { environment: "dev" },
    });
  });

  test("goes with its objects when nothing protects it", () => {
    expect(bucket({ deletionProtection: false })).toMatchObject({
      force_destroy: true,
      deletion_policy: "DELETE",
      lifecycle: { prevent_destroy: false },
    });
  });

  test("keeps its short address under the construct, with a grant per key beside it", () => {
    const stack = synth({
      grants: { ci: { role: "roles/storage.objectViewer", member: "group:ci@acme.dev" } },
    });
    expect(addresses(stack)).toEqual([
      "google_storage_bucket.data",
      expect.stringMatching(/^google_storage_bucket_iam_member\.data_grants_ci_[0-9A-F]{8}$/),
    ]);
    expect(onlyResource(stack, "google_storage_bucket_iam_member")).toEqual({
      bucket: "${google_storage_bucket.data.name}",
      role: "roles/storage.objectViewer",
      member: "group:ci@acme.dev",
    });
  });

  test("waits, and lets others wait for it and its grants", () => {
    const grants = { ci: { role: "roles/storage.objectViewer", member: "group:ci@acme.dev" } };
    const stack = synthGoogle((scope) => {
      const first = new DataBucket(scope, "first", { ...minimal, grants });
      new DataBucket(scope, "second", { ...minimal, dependsOn: first.ready });
    });
    expect(stack.resource?.["google_storage_bucket"]?.["second"]?.depends_on).toEqual([
      "google_storage_bucket.first",
      expect.stringContaining("google_storage_bucket_iam_member.first_grants_ci"),
    ]);
  });
});

describe("the props of a data bucket", () => {
  test.each([
    { name: "abc" },
    { name: "a".repeat(63) },
    { name: "a_b-1" },
    { softDeleteDays: 0 },
    { softDeleteDays: 7 },
    { softDeleteDays: 90 },
    { noncurrentVersionDays: 1 },
  ])("pass at the boundary: %j", (props) => {
    expect(() => synth(props)).not.toThrow();
  });

  const nameMust =
    "name must be 3 to 63 lowercase letters, digits, hyphens and underscores, start and end with a letter or digit, " +
    'not start with "goog" and not contain "google", got ';
  test.each([
    [{ name: "ab" }, `${nameMust}"ab"`],
    [{ name: "a".repeat(64) }, `${nameMust}"${"a".repeat(64)}"`],
    [{ name: "Data" }, `${nameMust}"Data"`],
    [{ name: "data-" }, `${nameMust}"data-"`],
    [{ name: "goog-data" }, `${nameMust}"goog-data"`],
    [{ name: "my-google-data" }, `${nameMust}"my-google-data"`],
    [{ name: "data.acme.dev" }, `${nameMust}"data.acme.dev"`],
    [{ softDeleteDays: 6 }, "softDeleteDays must be 0 (off) or a whole number from 7 to 90, got 6"],
    [{ softDeleteDays: 91 }, "softDeleteDays must be 0 (off) or a whole number from 7 to 90, got 91"],
    [{ softDeleteDays: 7.5 }, "softDeleteDays must be 0 (off) or a whole number from 7 to 90, got 7.5"],
    [{ noncurrentVersionDays: 0 }, "noncurrentVersionDays must be a whole number of at least 1, got 0"],
  ])("fails beyond it: %j", (props, problem) => {
    expect(() => synth(props)).toThrow(new Error(`test/data has 1 problem:\n- ${problem}`));
  });

  test("fails with all problems at once", () => {
    expect(() => synth({ softDeleteDays: 1, noncurrentVersionDays: -1 })).toThrow(
      new Error(
        "test/data has 2 problems:\n" +
          "- softDeleteDays must be 0 (off) or a whole number from 7 to 90, got 1\n" +
          "- noncurrentVersionDays must be a whole number of at least 1, got -1",
      ),
    );
  });
});
