import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { App } from "cdktf";
import { EnvironmentStacks } from "../../stacks/environment-stacks";
import { strangers } from "../../stacks/references";
import { defineEnvironment } from "../../src/environment/define";
import { dev } from "../support/environments/dev";
import { RUN_FOLDER } from "../support/run-folder";

const stack = {
  resource: {
    google_storage_bucket: {
      data_1: { name: "a" },
      logs: {
        name: '${join("-", [google_storage_bucket.data_1.name])}',
        location: "${data.google_project.here.id}",
      },
    },
  },
  data: { google_project: { here: { project_id: "a" } } },
  ephemeral: { random_password: { database: { length: "${google_storage_bucket.logs.name}" } } },
};

test("what a stack holds is no stranger, of whatever kind", () => {
  expect(strangers(stack)).toEqual([]);
});

test.each([
  ["a resource", "${google_storage_bucket.data_2.name}", "google_storage_bucket.data_2"],
  [
    "of a resource that is only read",
    "${data.google_storage_bucket.data_1.name}",
    "data.google_storage_bucket.data_1",
  ],
  ["an ephemeral one", "${ephemeral.random_password.other.result}", "ephemeral.random_password.other"],
  [
    "the second of a text",
    "gs://${google_storage_bucket.logs.name}/${helm_release.flyte.name}",
    "helm_release.flyte",
  ],
])("%s that it lacks is", (_, value, address) => {
  expect(
    strangers({ ...stack, data: { ...stack.data, google_storage_bucket: { x: { name: value } } } }),
  ).toEqual([address]);
});

test("text that only looks like an expression is none", () => {
  const text = { resource: { helm_release: { flyte: { values: ["$${google_storage_bucket.gone.name}"] } } } };
  expect(strangers(text)).toEqual([]);
});

test("fails to synthesise with a value of another stack's resource: nothing carries it over", () => {
  const app = new App({ outdir: mkdtempSync(join(process.env[RUN_FOLDER] ?? tmpdir(), "strangers-")) });
  const { data, platform } = new EnvironmentStacks(app, defineEnvironment(dev));
  const theirs = new StorageBucket(data, "theirs", { name: "a", location: "US" });
  new StorageBucket(platform, "mine", { name: `${theirs.name}-b`, location: "US" });
  expect(() => app.synth()).toThrow(
    "dev-platform refers to google_storage_bucket.theirs, which it does not hold: give the thing a name in names.ts, or read it with a data source",
  );
});
