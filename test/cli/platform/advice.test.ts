import { adviceFor } from "../../../cli/platform/deploy/advice";
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
    const run = error("googleapi: Error 409: already exists", "", address);
    const steps: Step[] = [{ address, action }];
    const advice = whats(run, applied(run, { failed: steps }));
    expect(advice).toHaveLength(1);
    expect(advice[0]).toMatch(what);
  });

  test.each([
    [
      "googleapi: Error 409: The resource already exists",
      "Something of that name is there, and is not in Terraform's state.",
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

  test("nothing is said about what nobody has met", () => {
    expect(whats(error("Invalid value for input variable"))).toEqual([]);
  });
});
