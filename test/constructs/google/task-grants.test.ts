import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformStack } from "cdktf";
import { TaskGrants, type TaskGrantsProps } from "../../../constructs/google/task-grants";
import { grantWorkloads } from "../../../constructs/google/workload-grants";
import { addresses, onlyResource, resources, synthStack } from "../../support/synth";

/** A stack with the provider that its resources need. */
const synthGoogle = (build: (scope: TerraformStack) => void) =>
  synthStack((scope) => {
    new GoogleProvider(scope, "google");
    build(scope);
  });

const minimal: TaskGrantsProps = {
  project: "acme-dev",
  projectNumber: "123456789012",
  namespaces: ["vision-development", "vision-production"],
  buckets: { metadata: "acme-dev-metadata", data: "acme-dev-data" },
};

const synth = (props: Partial<TaskGrantsProps> = {}) =>
  synthGoogle((scope) => void new TaskGrants(scope, "tasks", { ...minimal, ...props }));

describe("task grants", () => {
  test("let each namespace use each bucket, and nothing else", () => {
    expect(addresses(synth()).map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual(
      ["vision-development", "vision-production"].flatMap((namespace) =>
        ["data", "metadata"].flatMap((bucket) =>
          ["storagelegacyBucketReader", "storageobjectUser"].map(
            (role) => `google_storage_bucket_iam_member.tasks_${namespace}_${bucket}_${role}`,
          ),
        ),
      ),
    );
  });

  test("name the pods of a namespace as one set of principals, by the project's number", () => {
    const members = resources(
      synth({ namespaces: ["nlp-staging"], buckets: { data: "acme-dev-data" } }),
      "google_storage_bucket_iam_member",
    );
    const member =
      "principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/" +
      "acme-dev.svc.id.goog/namespace/nlp-staging";
    expect(Object.values(members)).toEqual([
      { bucket: "acme-dev-data", role: "roles/storage.legacyBucketReader", member },
      { bucket: "acme-dev-data", role: "roles/storage.objectUser", member },
    ]);
  });

  test("stay at their addresses when a namespace joins before them", () => {
    const before = addresses(synth({ namespaces: ["vision-production"] }));
    expect(addresses(synth({ namespaces: ["nlp-staging", "vision-production"] }))).toEqual(
      expect.arrayContaining(before),
    );
  });

  test("wait for the cluster that makes the pool, all of them", () => {
    const stack = synthGoogle((scope) => {
      const cluster = new TaskGrants(scope, "stands-for-it", {
        ...minimal,
        namespaces: ["a"],
        buckets: { b: "b" },
      });
      new TaskGrants(scope, "tasks", { ...minimal, dependsOn: cluster.ready });
    });
    const tasks = Object.entries(resources(stack, "google_storage_bucket_iam_member")).filter(([id]) =>
      id.startsWith("tasks_"),
    );
    expect(tasks).toHaveLength(8);
    for (const [, attributes] of tasks) expect(attributes.depends_on).toHaveLength(2);
  });
});

describe("a bucket that is written below a prefix", () => {
  const members = Object.values(
    resources(
      synth({
        namespaces: ["nlp-staging"],
        buckets: { metadata: "acme-dev-metadata", data: "acme-dev-data" },
        writesBelow: { metadata: "metadata/propeller/" },
      }),
      "google_storage_bucket_iam_member",
    ),
  );
  const on = (bucket: string) => members.filter((member) => member.bucket === bucket);

  test("is read as a whole, and written only where the namespace's own executions lie", () => {
    expect(on("acme-dev-metadata").map(({ role, condition }) => [role, condition?.expression])).toEqual([
      ["roles/storage.legacyBucketReader", undefined],
      [
        "roles/storage.objectUser",
        'resource.name.startsWith("projects/_/buckets/acme-dev-metadata/objects/metadata/propeller/nlp-staging-")',
      ],
      ["roles/storage.objectViewer", undefined],
    ]);
  });

  test("leaves the other buckets as they are", () => {
    expect(on("acme-dev-data").map(({ role, condition }) => [role, condition])).toEqual([
      ["roles/storage.legacyBucketReader", undefined],
      ["roles/storage.objectUser", undefined],
    ]);
  });
});

describe("the props of task grants", () => {
  test.each(["a", "a".repeat(63), "0-9"])("pass at the boundary: %s", (namespace) => {
    expect(() => synth({ namespaces: [namespace] })).not.toThrow();
  });

  test("fails with every name that no namespace can have", () => {
    expect(() => synth({ namespaces: ["", "a".repeat(64), "fine", "-a", "a-", "A"] })).toThrow(
      new Error(
        "test/tasks has 1 problem:\n- namespaces must be 1 to 63 lowercase letters, digits and hyphens, " +
          `not start or end with a hyphen, got "", "${"a".repeat(64)}", "-a", "a-", "A"`,
      ),
    );
  });

  const writesBelow = { metadata: "metadata/propeller/" };

  test("fails for a namespace that goes on where another's prefix ends, where that decides who writes", () => {
    const namespaces = ["vision-production", "vision-production-eu-staging", "vision-productions"];
    expect(() => synth({ namespaces })).not.toThrow();
    expect(() => synth({ namespaces, writesBelow })).toThrow(
      new Error(
        'test/tasks has 1 problem:\n- namespaces must not go on where another one\'s prefix ends, got "vision-production-eu-staging" beside "vision-production"; tasks of the second could write what is the first\'s',
      ),
    );
  });

  test("fails above the number that IAM takes", () => {
    const namespaces = Array.from({ length: 491 }, (_, index) => `n${index}-d`);
    expect(() => synth({ namespaces, writesBelow })).toThrow(
      new Error(
        "test/tasks has 1 problem:\n- namespaces must be at most 490, got 491; IAM takes 1,500 principals in a bucket's policy",
      ),
    );
  });
});

test("pods of one Kubernetes account are granted what is theirs, as that account alone", () => {
  const stack = synthGoogle((scope) =>
    grantWorkloads(scope, "grants", {
      project: "acme-ml",
      projectNumber: "123",
      buckets: { metadata: "acme-metadata", data: "acme-data" },
      grants: {
        history: {
          namespace: "spark",
          account: "history",
          buckets: { data: ["roles/storage.objectViewer"] },
        },
      },
    }),
  );
  expect(onlyResource(stack, "google_storage_bucket_iam_member")).toEqual({
    bucket: "acme-data",
    role: "roles/storage.objectViewer",
    member:
      "principal://iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/acme-ml.svc.id.goog/subject/ns/spark/sa/history",
  });
});
