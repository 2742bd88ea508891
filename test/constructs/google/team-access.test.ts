import { grantTeam } from "../../../constructs/google/team-access";
import type { TeamAccess } from "../../../constructs/team-access";
import { resources } from "../../support/synth";
import { synthGoogleStack } from "./google-stack";

const synth = (access: TeamAccess) =>
  synthGoogleStack(
    (scope) =>
      void grantTeam(scope, "research", {
        project: "acme-dev",
        projectNumber: "123",
        namespaces: ["vision-development", "vision-production"],
        access,
      }),
  );
const pods = (namespace: string) =>
  `principalSet://iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/acme-dev.svc.id.goog/namespace/${namespace}`;

describe("what a team has by name", () => {
  const stack = synth({
    buckets: { "acme-results": "write", "acme-reference": "read" },
    datasets: { "acme-warehouse.sales": "read", "acme-warehouse.models": "write" },
    secrets: ["wandb-key", "projects/acme-tools/secrets/hub"],
  });
  const granted = (type: string, on: (resource: Record<string, unknown>) => string) =>
    Object.values(resources(stack, type))
      .filter(({ member }) => member === pods("vision-production"))
      .map((resource) => `${on(resource)} ${String(resource["role"])}`)
      .sort();

  test("is on each thing alone, for each of its namespaces, and nothing on a project", () => {
    expect(Object.keys(stack.resource ?? {}).sort()).toEqual([
      "google_bigquery_dataset_iam_member",
      "google_secret_manager_secret_iam_member",
      "google_storage_bucket_iam_member",
    ]);
    const members = Object.values(stack.resource ?? {}).flatMap((byId) =>
      Object.values(byId).map(({ member }) => String(member)),
    );
    expect([...new Set(members)].sort()).toEqual(
      ["vision-development", "vision-production"].map(pods).sort(),
    );
  });

  test("reads, or reads and writes", () => {
    expect(granted("google_storage_bucket_iam_member", ({ bucket }) => String(bucket))).toEqual([
      "acme-reference roles/storage.legacyBucketReader",
      "acme-reference roles/storage.objectViewer",
      "acme-results roles/storage.legacyBucketReader",
      "acme-results roles/storage.objectUser",
    ]);
    expect(
      granted(
        "google_bigquery_dataset_iam_member",
        ({ project, dataset_id }) => `${String(project)}.${String(dataset_id)}`,
      ),
    ).toEqual([
      "acme-warehouse.models roles/bigquery.dataEditor",
      "acme-warehouse.sales roles/bigquery.dataViewer",
    ]);
  });

  test("reads secrets of the environment's project, and of others", () => {
    expect(
      granted(
        "google_secret_manager_secret_iam_member",
        ({ project, secret_id }) => `${String(project)}/${String(secret_id)}`,
      ),
    ).toEqual([
      "acme-dev/wandb-key roles/secretmanager.secretAccessor",
      "acme-tools/hub roles/secretmanager.secretAccessor",
    ]);
  });
});
