import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { standingOf } from "../../../../cli/platform/bootstrap/buckets";
import { bootstrap } from "../../../../cli/platform/commands/bootstrap";
import { googleClient } from "../../../../cli/platform/google/client";
import { limits } from "../../../../cli/platform/limits";
import type { EnvironmentConfig } from "../../../../src/environment/schema";
import { FakeGoogle, type Reply } from "../doctor/fake-google";
import { testContext, type TestContext } from "../test-context";

const config: EnvironmentConfig = {
  name: "dev",
  project: "acme-dev",
  region: "us-central1",
  state: { bucket: "acme-state" },
  deletionProtection: false,
  github: { repository: "acme/flyte" },
  storage: { accessLogBucket: "acme-logs" },
  queues: { teams: { research: { projects: ["vision"], cpu: 8, memoryGib: 32 } } },
};
const stateOf = (...buckets: string[]) => ({
  version: 4,
  resources: [
    { type: "google_storage_bucket", instances: buckets.map((name) => ({ attributes: { name } })) },
    { type: "google_project_service", instances: [{ attributes: { service: "x" } }] },
  ],
});
const project = {
  "GET /projects/projects/acme-dev": { body: { name: "projects/123", state: "ACTIVE" } },
};
const bucket = (name: string, projectNumber = "123"): Record<string, Reply> => ({
  [`GET /storage/b/${name}`]: { body: { name, projectNumber } },
});
const STATE = "GET /storage/b/acme-state/o/dev/bootstrap/default.tfstate";

let fake: FakeGoogle | undefined;
afterEach(async () => {
  await fake?.stop();
  fake = undefined;
});

async function contextWith(
  replies: Record<string, Reply>,
  options = {},
  own: Partial<EnvironmentConfig> = {},
): Promise<TestContext> {
  fake = await FakeGoogle.start(replies);
  const { env } = fake;
  const sleep = () => Promise.resolve();
  const token = () => Promise.resolve("t");
  const google = googleClient({ env, limits, now: Date.now, sleep, token });
  return testContext({ configs: [{ ...config, ...own }], env, google, options });
}

describe("which buckets a bootstrap makes", () => {
  const both = { stateBucket: true, accessLogBucket: true };

  test("both, where nothing is there", async () => {
    expect(await standingOf(await contextWith({}), undefined)).toEqual({ migrated: false, makes: both });
  });

  test("none that somebody else made", async () => {
    const context = await contextWith({ ...project, ...bucket("acme-state"), ...bucket("acme-logs") });
    expect(await standingOf(context, undefined)).toEqual({
      migrated: false,
      makes: { stateBucket: false, accessLogBucket: false },
    });
  });

  test("again those that it made, by its state in the bucket", async () => {
    const context = await contextWith({
      ...project,
      ...bucket("acme-state"),
      ...bucket("acme-logs"),
      [STATE]: { body: stateOf("acme-state", "acme-logs") },
    });
    expect(await standingOf(context, undefined)).toEqual({ migrated: true, makes: both });
  });

  test("again those that a run made which was cut off before it moved its state", async () => {
    const context = await contextWith({ ...project, ...bucket("acme-state"), ...bucket("acme-logs") });
    expect(await standingOf(context, JSON.stringify(stateOf("acme-state")))).toEqual({
      migrated: false,
      makes: { stateBucket: true, accessLogBucket: false },
    });
  });

  test("fails for a stranger's, both at once, with how to say that it is none", async () => {
    const context = await contextWith({
      ...project,
      ...bucket("acme-state", "666"),
      ...bucket("acme-logs", "667"),
      [STATE]: { body: stateOf("acme-state", "acme-logs") },
    });
    await expect(standingOf(context, undefined)).rejects.toMatchObject({
      code: 4,
      message: [
        'state.bucket must be a bucket of project "acme-dev", got "acme-state", which belongs to project number 666',
        "→ choose another name; where that project is yours too, name it in the environment's file: state.project",
        'storage.accessLogBucket must be a bucket of project "acme-dev", got "acme-logs", which belongs to project number 667',
        "→ choose another name; where that project is yours too, name it in the environment's file: storage.accessLogProject",
      ].join("\n"),
    });
    expect(fake!.asked).not.toContain(`${STATE}?alt=media`);
  });

  test("none of those that another project of one's own holds, when it is named", async () => {
    const other = { "GET /projects/projects/acme-admin": { body: { name: "projects/666" } } };
    const context = await contextWith(
      { ...project, ...other, ...bucket("acme-state", "666"), ...bucket("acme-logs", "666") },
      {},
      {
        state: { bucket: "acme-state", project: "acme-admin" },
        storage: { accessLogBucket: "acme-logs", accessLogProject: "acme-admin" },
      },
    );
    expect((await standingOf(context, undefined)).makes).toEqual({
      stateBucket: false,
      accessLogBucket: false,
    });
  });

  test("fails where the project cannot be asked, whatever the answer: it is no bucket that is free", async () => {
    const context = await contextWith(bucket("acme-state"));
    await expect(standingOf(context, undefined)).rejects.toThrow(
      "not found: GET /projects/projects/acme-dev",
    );
  });

  test("fails where Google does not tell: a bucket that may not be seen is not one that is free", async () => {
    const context = await contextWith({
      "GET /storage/b/acme-state": { status: 403, body: { error: { message: "no access" } } },
    });
    await expect(standingOf(context, undefined)).rejects.toThrow("no access (HTTP 403)");
  });
});

describe("the command", () => {
  test("says what it would make, and makes nothing without a yes", async () => {
    const context = await contextWith({ ...project, ...bucket("acme-state") });
    await expect(bootstrap.run({ ...context, ask: () => Promise.resolve("no") })).rejects.toThrow(
      "not confirmed; nothing was changed",
    );
    expect(context.stdout.text).toBe(
      [
        "Bootstrap of dev in project acme-dev:",
        "  uses  the state bucket gs://acme-state",
        "  makes the bucket for usage logs gs://acme-logs",
        "  makes the account that deploys, with its roles on the project",
        "  lets acme/flyte deploy from main and plan pull requests",
        "",
      ].join("\n"),
    );
    expect(fake!.asked.every((key) => key.startsWith("GET "))).toBe(true);
  });

  test("keeps the state on this machine while a plan still has changes, wherever else it may be", async () => {
    const root = mkdtempSync(join(tmpdir(), "bootstrap-"));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text, { mode: 0o755 });
    };
    write("bootstrap-dev.tfstate", JSON.stringify(stateOf("acme-state")));
    write("dist/cli/bootstrap-synth.js", "");
    write("bin/terraform", `#!/bin/sh\necho $2 >> ${root}/calls\n[ $2 != plan ] || exit 2\n`);
    const context = await contextWith(
      {
        ...project,
        "POST /services/projects/acme-dev/services:batchEnable": {
          body: { name: "operations/apis", done: false },
        },
        "GET /services/operations/apis": { body: { name: "operations/apis", done: true } },
      },
      { yes: true },
    );
    const env = { PATH: `${root}/bin:${process.env["PATH"]}` };
    try {
      await expect(bootstrap.run({ ...context, root, outdir: join(root, "out"), env })).rejects.toThrow(
        "a plan still has changes; run the same command again",
      );
      expect(fake!.asked).toContain("GET /services/operations/apis");
      expect(readFileSync(join(root, "calls"), "utf8")).toBe("init\napply\ninit\nplan\n");
      expect(existsSync(join(root, "bootstrap-dev.tfstate"))).toBe(true);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  test("fails with Google's words where the first APIs can't be switched on, before Terraform", async () => {
    const context = await contextWith(
      {
        ...project,
        "POST /services/projects/acme-dev/services:batchEnable": {
          body: { name: "operations/apis", done: true, error: { message: "billing is off" } },
        },
      },
      { yes: true },
    );
    await expect(bootstrap.run(context)).rejects.toThrow("the APIs can't be switched on: billing is off");
  });

  test("fails before anything, with exit code 4, where the project is not there", async () => {
    const context = await contextWith({});
    await expect(bootstrap.run(context)).rejects.toMatchObject({ code: 4 });
  });
});
