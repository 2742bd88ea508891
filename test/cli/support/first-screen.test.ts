import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GoogleError } from "../../../cli/platform/google/client";
import { checkProject } from "../../../cli/platform/preflight/project";
import { placeholderLines, placeholdersOf } from "../../../cli/support/placeholders";
import { summaryOf } from "../../../cli/support/summary";
import { writeFixture } from "../../faults/support/fixture";
import { dev } from "../../support/environments/dev";
import { testContext } from "../platform/test-context";

test("the summary of a synthesis has a line for each stack, in the order of a deploy", () => {
  const outdir = mkdtempSync(join(tmpdir(), "summary-"));
  writeFixture(outdir, "state", {
    cluster: { after: ["foundation"], data: { a: { input: "1" } } },
    data: { after: ["foundation"], data: { a: { input: "1" }, b: { input: "1" } } },
    foundation: {},
    platform: { after: ["data", "cluster"], extra: { provider: { google: [{ project: "acme-demo" }] } } },
  });
  expect(summaryOf(outdir, "dist/mine.js")).toEqual([
    "demo",
    "  1. demo-foundation    0 resources, state in gs://state/demo/foundation",
    "  2. demo-cluster       1 resources, state in gs://state/demo/cluster",
    "  2. demo-data          2 resources, state in gs://state/demo/data",
    "  3. demo-platform      0 resources, state in gs://state/demo/platform",
    "  npm run platform -- deploy demo --app dist/mine.js",
    "",
  ]);
  rmSync(outdir, { recursive: true });
});

describe("placeholders", () => {
  test("are found wherever acme stands for a name that is yours, once each", () => {
    const more = {
      ...dev,
      storage: { accessLogProject: dev.project },
      access: { host: "flyte.acme.example" },
    };
    expect(placeholdersOf(more)).toEqual(["project", "state.bucket", "github.repository", "access.host"]);
    expect(placeholderLines([more, { name: "eu", project: "pharmacme-ml" }])).toEqual([
      "src/environments/dev.ts: project, state.bucket, github.repository, access.host",
    ]);
  });

  test("are what a command names when Google knows no such project", async () => {
    const request = () => Promise.reject(new GoogleError("denied (HTTP 403)", 403));
    const google = { request, token: () => Promise.resolve("") };
    const asked = (project: string) => checkProject(testContext({ configs: [dev], google }), project);
    expect(await asked(dev.project)).toMatchObject({
      ok: false,
      text: "is this repository's placeholder",
      fix: "write what is yours into src/environments/dev.ts: project, state.bucket, github.repository",
    });
    expect(await asked("acme-network-host")).toMatchObject({ ok: false, text: "denied (HTTP 403)" });
  });
});
