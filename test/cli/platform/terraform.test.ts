import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { limits } from "../../../cli/platform/limits";
import { forgetHalfInit, tryInit } from "../../../cli/platform/terraform/init";
import { parseMessage } from "../../../cli/platform/terraform/messages";
import { ApplyListener, counts, PlanListener } from "../../../cli/platform/terraform/results";
import { type RunResult, runTerraform } from "../../../cli/platform/terraform/run";
import { isWholePlan } from "../../../cli/platform/terraform/saved-plan";
import { protectedAddresses } from "../../../cli/platform/terraform/show";
import { Tail } from "../../../cli/platform/terraform/tail";
import { change, did } from "./scripted";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "terraform-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const run: RunResult = { ending: { how: "exited", code: 0 }, diagnostics: [], text: [] };
const heard = (message: object) => parseMessage(JSON.stringify(message))!;

describe("what Terraform says", () => {
  test.each([["Success!"], ['{"type":"version"}'], ['{"type":"apply_sta'], [""]])(
    "%p is no message of use",
    (line) => expect(parseMessage(line)).toBeUndefined(),
  );

  test("a plan counts as Terraform does: a replacement is one to add and one to destroy", () => {
    const plan = new PlanListener();
    for (const action of ["create", "replace", "update", "delete", "move"])
      plan.hear(heard(change(action, `google_x.${action}`)));
    expect(counts(plan.result(run, true, true).changes)).toEqual({ add: 2, change: 1, destroy: 2 });
  });

  test.each([
    [{ add: 1, change: 0, remove: 0 }, true],
    [{ add: 1, change: 0, remove: 1 }, false],
    [undefined, false],
  ])("a report whose summary is %p is complete: %p", (changes, complete) => {
    const plan = new PlanListener();
    plan.hear(heard(change("create", "google_x.a")));
    if (changes) plan.hear(heard({ type: "change_summary", changes }));
    expect(plan.complete).toBe(complete);
  });

  test("an apply tells what is done, what failed and what was under way", () => {
    const apply = new ApplyListener();
    for (const address of ["x.done", "x.failed", "x.open"])
      apply.hear(heard(did("apply_start", address, "create")));
    apply.hear(heard(did("apply_complete", "x.done", "create")));
    apply.hear(heard(did("apply_errored", "x.failed", "create")));
    const { done, failed, open } = apply.result(run);
    expect([done, failed, open].map((steps) => steps.map(({ address }) => address))).toEqual([
      ["x.done"],
      ["x.failed"],
      ["x.open"],
    ]);
  });

  test("is read by whole lines from a file that grows, umlauts cut in two included", () => {
    const file = join(folder, "log");
    const bytes = Buffer.from("fünf\nzw");
    writeFileSync(file, bytes.subarray(0, 2));
    const lines: string[] = [];
    const tail = new Tail(file, (line) => lines.push(line));
    tail.read();
    appendFileSync(file, bytes.subarray(2));
    tail.read();
    expect(lines).toEqual(["fünf"]);
    expect(tail.read()).toBe(false);
    tail.close();
    expect(lines).toEqual(["fünf", "zw"]);
  });
});

test("what Terraform says beside its messages is kept, without colours: its last words when it crashes", async () => {
  const script = `#!/bin/sh\nprintf '{"type":"version"}\\npanic: \\033[31moh no\\033[0m\\n\\n'\nexit 2\n`;
  writeFileSync(join(folder, "terraform"), script, { mode: 0o755 });
  const settings = { folder, limits, stop: new AbortController().signal, stopping: 1_000 };
  const env = { PATH: `${folder}:${process.env["PATH"]}` };
  expect(await runTerraform(["plan"], { ...settings, env, log: join(folder, "log") })).toEqual({
    ending: { how: "exited", code: 2 },
    diagnostics: [],
    text: ["panic: oh no"],
  });
});

describe("a saved plan", () => {
  const end = Buffer.from("PK\u0005\u0006".padEnd(22, "\0"));

  test.each([
    ["whole", Buffer.concat([Buffer.from("content"), end]), true],
    ["cut off", Buffer.concat([end, Buffer.from("content")]), false],
    ["empty", Buffer.alloc(0), false],
  ])("%s: %p", (_, content, whole) => {
    writeFileSync(join(folder, "plan"), content);
    expect(isWholePlan(join(folder, "plan"))).toBe(whole);
  });

  test("is not whole when it is no file", () => {
    expect(isWholePlan("/dev/full")).toBe(false);
    expect(isWholePlan(join(folder, "none"))).toBe(false);
  });
});

describe("terraform init", () => {
  const busy: RunResult = {
    ...run,
    ending: { how: "exited", code: 1 },
    diagnostics: [{ severity: "error", summary: "googleapi: Error 503: backend" }],
  };
  const world = { sleep: () => Promise.resolve(), stop: new AbortController().signal };

  test("is tried again while Google is busy, five times at most", async () => {
    let calls = 0;
    const after = (tries: number) => () => Promise.resolve(++calls < tries ? busy : run);
    expect(await tryInit(world, after(3))).toBe(run);
    calls = 0;
    expect(await tryInit(world, after(99))).toBe(busy);
    expect(calls).toBe(5);
  });

  test("is not tried again when the configuration is wrong", async () => {
    let calls = 0;
    const wrong = { ...busy, diagnostics: [{ severity: "error" as const, summary: "Unsupported argument" }] };
    await tryInit(world, () => Promise.resolve((calls++, wrong)));
    expect(calls).toBe(1);
  });

  test("does not stumble over what a killed one has left", () => {
    mkdirSync(join(folder, ".terraform"));
    const file = join(folder, ".terraform", "terraform.tfstate");
    writeFileSync(file, "{}");
    forgetHalfInit(folder);
    expect(existsSync(file)).toBe(true);
    writeFileSync(file, "");
    forgetHalfInit(folder);
    expect(existsSync(file)).toBe(false);
  });
});

test("what Google would refuse to delete is found in the plan, by the state's values", () => {
  const deleted = (address: string, before: object | null, actions = ["delete"]) => ({
    address,
    type: "google_storage_bucket",
    change: { actions, before },
  });
  expect(
    protectedAddresses({
      resource_changes: [
        deleted("a", { deletion_protection: true }),
        deleted("b", { deletion_protection: false, settings: [{ deletion_protection_enabled: true }] }),
        deleted("c", { deletion_protection: false }),
        deleted("d", { deletion_protection: true }, ["no-op"]),
        deleted("e", null),
      ],
    }),
  ).toEqual(["a", "b"]);
});
