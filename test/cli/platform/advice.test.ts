import { adviceFor } from "../../../cli/platform/deploy/advice";
import { problemsOf } from "../../../cli/platform/deploy/describe";
import type { Failure } from "../../../cli/platform/deploy/known-failures";
import type { ApplyRun, Step } from "../../../cli/platform/terraform/results";
import type { RunResult } from "../../../cli/platform/terraform/run";
import { applied, error, failed, stack } from "./deploy-values";

describe("failures that somebody has met before", () => {
  const failure = (run: RunResult, apply?: ApplyRun) => ({
    stack,
    environment: "prod",
    command: "deploy",
    run,
    ...(apply ? { apply } : {}),
  });
  const whats = (run: RunResult, apply?: ApplyRun) => adviceFor(failure(run, apply)).map(({ what }) => what);

  test.each([
    ["google_sql_user.user", "update", /^The rotation of the database password stopped half way/],
    [
      "google_container_cluster.c",
      "create",
      /^The cluster's creation failed, so Terraform holds it for tainted/,
    ],
    [
      "google_sql_database_instance.d",
      "create",
      /^The database's creation failed, so Terraform has forgotten it/,
    ],
  ] as const)("%s, %s", (address, action, what) => {
    const run = error("Error waiting for creation", "", address);
    const steps: Step[] = [{ address, action }];
    const advice = whats(run, applied(run, { failed: steps }));
    expect(advice).toHaveLength(1);
    expect(advice[0]).toMatch(what);
  });

  test.each([
    [
      "googleapi: Error 409: The resource already exists",
      "Something of that name is there, and is not in Terraform's state. What is this environment's is imported; beside what is somebody else's, take another prefix or name in the environment's file.",
    ],
    [
      "Error acquiring the state lock",
      "Somebody else works on this state, or a run that is gone has left its lock.",
    ],
    [
      "Error releasing the state lock",
      "Somebody broke the lock while Terraform worked. The state is written, but another run may have written it too.",
    ],
    ["Instance cannot be destroyed", "The plan would destroy something that is protected."],
    [
      "Cannot destroy cluster because deletion_protection is set to true",
      "Google's own deletion protection is on.",
    ],
    ["Error trying to delete bucket x without `force_destroy` set to true", "A bucket still holds objects."],
    ["Plugin did not respond", "A provider died, most often for want of memory."],
    ["Saved plan is stale", "Somebody else changed this state between plan and apply."],
    ["write /tmp/x: no space left on device", "The disk is full."],
    [
      "Backend initialization required",
      "The state's bucket or prefix is not the one that this folder was initialised with.",
    ],
    ["Failed to query available provider packages", "Terraform's providers can't be had."],
    ["googleapi: Error 403: Permission denied", "The caller lacks a permission."],
  ])("%s", (summary, what) => expect(whats(error(summary))).toEqual([what]));

  test("is looked for in the detail too, and said once for several errors", () => {
    const run = {
      ...failed,
      diagnostics: [1, 2].map(() => error("Error", "googleapi: Error 403: no").diagnostics[0]!),
    };
    expect(whats(run)).toEqual(["The caller lacks a permission."]);
  });

  const resources = {
    google_container_cluster: { c: { project: "p", location: "us-central1", name: "flyte" } },
    google_storage_bucket: { b: { project: "p", name: "data" } },
    google_sql_database_instance: { d: { project: "p", name: "flyte-db" } },
    google_service_account: { s: { project: "p", account_id: "nodes" } },
  };
  const steps = (...addresses: string[]) =>
    addresses.map((address) => ({ address, action: "create" as const }));
  const nexts = (run: RunResult, given: Partial<Failure> = {}) =>
    adviceFor({ ...failure(run), resources, ...given }).map(({ next }) => next);

  test("of several that exist already each gets the whole import", () => {
    const [bucket, account, cluster] = [
      "google_storage_bucket.b",
      "google_service_account.s",
      "google_container_cluster.c",
    ] as const;
    const run = {
      ...failed,
      diagnostics: [bucket, account, cluster].flatMap(
        (address) => error("googleapi: Error 409: already exists", "", address).diagnostics,
      ),
    };
    const apply = applied(run, { failed: steps(bucket, account, cluster) });
    expect(nexts(run, { apply })).toEqual([
      "terraform -chdir=/out/stacks/prod-data import 'google_storage_bucket.b' 'p/data'",
      "terraform -chdir=/out/stacks/prod-data import 'google_service_account.s' 'projects/p/serviceAccounts/nodes@p.iam.gserviceaccount.com'",
      "terraform -chdir=/out/stacks/prod-data import 'google_container_cluster.c' 'projects/p/locations/us-central1/clusters/flyte'",
    ]);
  });

  test.each([
    [[], "npm run platform -- deploy prod --allow-replace google_container_cluster.c"],
    [
      ["google_container_cluster.c"],
      "gcloud container clusters delete flyte --location us-central1 --project p, then: npm run platform -- deploy prod",
    ],
  ])("a broken cluster, protected %p", (guarded, anew) => {
    const address = "google_container_cluster.c";
    const told = { stack: { ...stack, protected: guarded } };
    const run = error("Error waiting for creating GKE cluster", "", address);
    const plan = error(
      "Instance cannot be destroyed",
      `Resource ${address} has lifecycle.prevent_destroy set`,
    );
    const expected = `gcloud container clusters describe flyte --location us-central1 --project p; if its status is RUNNING: terraform -chdir=/out/stacks/prod-data untaint 'google_container_cluster.c', then: npm run platform -- deploy prod; if it is broken: ${anew}`;
    expect(nexts(run, { ...told, apply: applied(run, { failed: steps(address) }) })).toEqual([expected]);
    expect(nexts(plan, told)).toEqual([expected]);
  });

  test("a database whose creation failed: each way on is a whole command", () => {
    const address = "google_sql_database_instance.d";
    const run = error("Error waiting for Create Instance", "", address);
    const again = "npm run platform -- deploy prod";
    expect(nexts(run, { apply: applied(run, { failed: steps(address) }) })).toEqual([
      `gcloud sql instances describe flyte-db --project p; if its state is RUNNABLE: terraform -chdir=/out/stacks/prod-data import '${address}' 'projects/p/instances/flyte-db', then: ${again}; if it is there and broken: gcloud sql instances delete flyte-db --project p (Google may keep its name for a week), then: ${again}; if there is none: ${again}`,
    ]);
  });

  test("another protected resource that is tainted: untaint, with its address", () => {
    const run = error(
      "Instance cannot be destroyed",
      "Resource google_storage_bucket.b has lifecycle.prevent_destroy set",
    );
    expect(nexts(run)[0]).toContain(
      "terraform -chdir=/out/stacks/prod-data untaint 'google_storage_bucket.b'",
    );
  });

  test("what a protected environment keeps from being destroyed: the way there, once", () => {
    const run = {
      ...failed,
      diagnostics: ["google_storage_bucket.b", "google_sql_database_instance.d"].flatMap(
        (address) =>
          error("Instance cannot be destroyed", `Resource ${address} has lifecycle.prevent_destroy set`)
            .diagnostics,
      ),
    };
    const [next, ...others] = nexts(run, { command: "destroy" });
    expect(next).toMatch(
      /^deletionProtection: false in src\/environments\/\w+\.ts, then: npm run platform -- deploy prod, then: npm run platform -- destroy prod$/,
    );
    expect(others).toEqual([]);
    expect(problemsOf(run)).toEqual([
      "Instance cannot be destroyed (prevent_destroy): google_storage_bucket.b, google_sql_database_instance.d",
    ]);
  });

  test("a secret whose value nobody has written yet", () => {
    const run = error(
      "Error retrieving secret version",
      "googleapi: Error 404: The resource 'projects/p/secrets/flyte-prod-oidc-client/versions/1' was not found, notFound",
      "ephemeral.google_secret_manager_secret_version.oidc",
    );
    expect(nexts(run)).toEqual([
      "gcloud secrets versions add flyte-prod-oidc-client --project p --data-file FILE, then: npm run platform -- deploy prod",
    ]);
  });

  test("Kueue's webhook that does not answer", () => {
    const [next] = nexts(error("job kueue-webhook-gate failed: DeadlineExceeded", "", "helm_release.q"));
    expect(next).toMatch(/^see which: npm run platform -- doctor prod; kubectl/);
  });

  test("nothing is said about what nobody has met", () => {
    expect(whats(error("Invalid value for input variable"))).toEqual([]);
  });
});
