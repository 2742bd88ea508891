import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initArgs } from "../../cli/platform/terraform/init";
import { LOCK_FILE, lockOf, lockProviders } from "../../src/provider-lock";
import { providerVersions } from "../../stacks/providers";

const block = (name: string, version: string) =>
  `provider "registry.terraform.io/hashicorp/${name}" {\n  version     = "${version}"\n  constraints = "${version}"\n  hashes = [\n    "h1:${name}=",\n    "zh:0123",\n  ]\n}\n`;
const lock = `# This file is maintained automatically by "terraform init".\n\n${block("google", "7.45.0")}\n${block("helm", "3.1.2")}`;
const google = { google: { source: "hashicorp/google", version: "7.45.0" } };

describe("the lock of a stack", () => {
  test("holds the stack's providers, and no others", () =>
    expect(lockOf(google, lock)).toBe(
      `# Of the repository's .terraform.lock.hcl: "npm run lock".\n\n${block("google", "7.45.0")}`,
    ));

  test.each([
    ["7.46.0", "google", "7.45.0"],
    ["3.2.1", "kubernetes", "none of its versions"],
  ])("fails for version %s of %s", (version, name, got) =>
    expect(() => lockOf({ [name]: { source: `hashicorp/${name}`, version } }, lock)).toThrow(
      new Error(
        `.terraform.lock.hcl must hold hashicorp/${name} ${version}, which the stacks require, got ${got}; run "npm run lock" and commit what it writes`,
      ),
    ),
  );
});

describe("a synthesis", () => {
  const root = mkdtempSync(join(tmpdir(), "provider-lock-"));
  const folder = join(root, "out", "stacks", "dev-data");
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    const path = "stacks/dev-data/cdk.tf.json";
    writeFileSync(
      join(root, "out", "manifest.json"),
      JSON.stringify({ stacks: { a: { synthesizedStackPath: path } } }),
    );
    writeFileSync(join(root, "out", path), JSON.stringify({ terraform: { required_providers: google } }));
  });

  test("locks nothing where the repository has no lock file, and init may choose", () => {
    lockProviders(join(root, "out"), root);
    expect(existsSync(join(folder, LOCK_FILE))).toBe(false);
    expect(initArgs(root, folder)).toEqual(["init", "-input=false", "-json"]);
  });

  test("lays its part beside each stack where it has one, and init may not", () => {
    writeFileSync(join(root, LOCK_FILE), lock);
    lockProviders(join(root, "out"), root);
    expect(readFileSync(join(folder, LOCK_FILE), "utf8")).toBe(lockOf(google, lock));
    expect(initArgs(root, folder)).toContain("-lockfile=readonly");
  });
});

test("the repository's own lock file, where there is one, holds every provider for every platform", () => {
  if (!existsSync(LOCK_FILE)) return;
  const text = readFileSync(LOCK_FILE, "utf8");
  for (const [name, version] of Object.entries(providerVersions)) {
    const own = lockOf({ [name]: { source: `hashicorp/${name}`, version } }, text);
    expect([name, (own.match(/"h1:/g) ?? []).length]).toEqual([name, 4]);
  }
});
