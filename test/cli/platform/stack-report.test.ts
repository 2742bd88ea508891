import type { StackOutcome } from "../../../cli/platform/deploy/apply-all";
import { describeOutcome } from "../../../cli/platform/deploy/describe";
import type { PlanRun } from "../../../cli/platform/terraform/results";
import type { RunResult } from "../../../cli/platform/terraform/run";
import { applied, changeOf, failed, stack } from "./deploy-values";
import { testContext } from "./test-context";

describe("the report of a stack", () => {
  const plan: PlanRun = {
    ...failed,
    ok: true,
    changed: true,
    changes: [
      changeOf("a.done", "create"),
      changeOf("a.open", "create"),
      changeOf("a.left", "update"),
      changeOf("a.moved", "move"),
    ],
    drift: [],
    inState: true,
    outputs: [],
  };
  const report = (outcome: Partial<StackOutcome>) =>
    describeOutcome(testContext({ name: "prod", outdir: "/out", now: () => 60_000 }), {
      stack,
      status: "failed",
      ...outcome,
    });

  test("after a kill: what is done, what is not, what may be unrecorded, the lock", () => {
    const run: RunResult = { ...failed, ending: { how: "killed", signal: "SIGKILL" } };
    const apply = applied(run, {
      done: [{ address: "a.done", action: "create", id: "projects/p/x" }],
      open: [{ address: "a.open", action: "create" }],
    });
    const lock = { id: "42", who: "me@ci", operation: "apply", since: 0 };
    expect(report({ plan, apply, failure: apply, lock, rescue: "not needed" })).toEqual({
      stack: "prod-data",
      status: "failed",
      done: ["a.done"],
      notDone: ["a.open", "a.left"],
      problems: [
        "Terraform was killed (SIGKILL: by hand, or for want of memory)",
        "its lock stays: held by me@ci (apply) since 1 min",
      ],
      next: [
        "wait until that run ends; if it is gone for good: npm run platform -- deploy prod --unlock 42",
        "should the next deploy say that something exists already: terraform -chdir=/out/stacks/prod-data import 'a.done' 'projects/p/x'",
        "all that Terraform said: /out/logs/prod-data.*.jsonl",
      ],
    });
  });

  test("of a stack that was never begun all is left to do, of an applied one nothing", () => {
    expect(report({ status: "skipped", plan })).toMatchObject({
      done: [],
      notDone: ["a.done", "a.open", "a.left"],
    });
    expect(report({ status: "applied", plan }).notDone).toEqual([]);
  });

  test("Terraform's last words stand in when it gave no diagnostic", () => {
    const run: RunResult = { ...failed, text: ["panic: oh no"] };
    expect(report({ failure: run }).problems).toEqual(["panic: oh no"]);
  });

  test("a state that could not be written is said, with the file to keep", () => {
    const { problems, next } = report({ failure: failed, rescue: "unwritten" });
    expect(problems).toContain(
      "its state could not be written to the bucket, so the bucket does not know what is done",
    );
    expect(next[0]).toBe(
      "keep /out/stacks/prod-data/errored.tfstate: run the same again in this folder, it writes that first",
    );
  });
});
