import { AccessLogBucket } from "../../../constructs/google/access-log-bucket";
import { onlyResource } from "../../support/synth";
import { synthGoogleStack } from "./google-stack";

describe("a bucket for usage logs", () => {
  const stack = synthGoogleStack(
    (scope) =>
      new AccessLogBucket(scope, "logs", { project: "acme-dev", name: "acme-logs", location: "us-central1" }),
  );

  test("is private, keeps a year and a little more, and is never destroyed", () => {
    const bucket = onlyResource(stack, "google_storage_bucket");
    expect(bucket).toMatchObject({
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      versioning: { enabled: true },
      lifecycle: { prevent_destroy: true },
    });
    expect(bucket["lifecycle_rule"]).toEqual([{ action: { type: "Delete" }, condition: { age: 400 } }]);
  });

  test("is written to by Google's group, which reads nothing", () => {
    expect(onlyResource(stack, "google_storage_bucket_iam_member")).toMatchObject({
      bucket: expect.stringContaining("google_storage_bucket."),
      role: "roles/storage.objectCreator",
      member: "group:cloud-storage-analytics@google.com",
    });
  });
});
