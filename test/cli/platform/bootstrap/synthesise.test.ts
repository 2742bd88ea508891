import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineEnvironment } from "../../../../src/environment/define";
import { dev } from "../../../support/environments/dev";
import { synthesise } from "../../../../cli/platform/bootstrap/synthesise";

const root = mkdtempSync(join(tmpdir(), "fresh-clone-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("in a fresh clone, bootstrap makes the folders that it writes to", async () => {
  mkdirSync(join(root, "dist/cli"), { recursive: true });
  // As CDKTF: it makes one folder, and not those above it.
  const program = 'require("node:fs").mkdirSync(process.env.CDKTF_OUTDIR + "/stacks")';
  writeFileSync(join(root, "dist/cli/bootstrap-synth.js"), program);
  const outdir = join(root, "cdktf.out");
  const makes = { stateBucket: true, accessLogBucket: false };
  await synthesise({ root, outdir, environment: () => defineEnvironment(dev) }, makes);
  expect(existsSync(join(outdir, "bootstrap/stacks"))).toBe(true);
});
