import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execute, terraform } from "../../cli/support/process";
import { LOCK_FILE, lockProviders } from "../../src/provider-lock";
import { providerVersions } from "../../stacks/providers";
import { describeWithTerraform } from "./support/with-terraform";

const platforms = ["linux_amd64", "linux_arm64", "darwin_arm64", "darwin_amd64"];

describeWithTerraform("providers that are locked", () => {
  const root = mkdtempSync(join(tmpdir(), "locked-"));
  const mirror = join(root, "mirror");
  const folder = join(root, "cdktf.out", "stacks", "dev-data");
  const packages = (name: keyof typeof providerVersions) =>
    platforms.map((platform) =>
      join(mirror, "registry.terraform.io/hashicorp", name, providerVersions[name], platform),
    );
  // What Terraform reads of the machine, or of who runs the test, is not what is tested.
  const env = { TF_CLI_CONFIG_FILE: join(root, "terraform.rc"), TF_PLUGIN_CACHE_DIR: "", TF_DATA_DIR: "" };

  beforeAll(() => {
    for (const name of Object.keys(providerVersions) as (keyof typeof providerVersions)[])
      for (const place of packages(name)) {
        mkdirSync(place, { recursive: true });
        const program = join(place, `terraform-provider-${name}_v${providerVersions[name]}`);
        writeFileSync(program, place, { mode: 0o755 });
      }
    writeFileSync(
      env.TF_CLI_CONFIG_FILE,
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
    mkdirSync(folder, { recursive: true });
    const { google, random } = providerVersions;
    const required = {
      google: { source: "hashicorp/google", version: google },
      random: { source: "hashicorp/random", version: random },
    };
    const path = "stacks/dev-data/cdk.tf.json";
    writeFileSync(
      join(root, "cdktf.out", path),
      JSON.stringify({ terraform: { required_providers: required } }),
    );
    writeFileSync(
      join(root, "cdktf.out", "manifest.json"),
      JSON.stringify({ stacks: { "dev-data": { synthesizedStackPath: path } } }),
    );
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const lock = (...args: string[]) =>
    execute("bash", ["-c", 'cd "$0" && exec node "$@"', root, resolve("dist/cli/lock.js"), ...args], env);

  async function init() {
    rmSync(join(folder, ".terraform"), { recursive: true, force: true });
    lockProviders(join(root, "cdktf.out"), root);
    return terraform(
      [`-chdir=${folder}`, "init", "-backend=false", "-input=false", "-lockfile=readonly", "-no-color"],
      env,
    );
  }

  test("are written once, for every platform, from the mirror that is named", async () => {
    const { code, stdout } = await lock(`-fs-mirror=${mirror}`);
    expect([code, stdout.trim().split("\n").at(-1)]).toEqual([
      0,
      "wrote .terraform.lock.hcl: 4 providers, 16 hashes. Commit it.",
    ]);
  });

  test("are installed where nothing has changed, although the stack has fewer of them", async () => {
    const { code, stderr } = await init();
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("are refused where the mirror serves another package under the same version", async () => {
    for (const place of packages("random"))
      appendFileSync(join(place, `terraform-provider-random_v${providerVersions.random}`), "tampered");
    const { code, stderr } = await init();
    expect(code).toBe(1);
    expect(stderr).toContain(
      "doesn't match any of the\nchecksums previously recorded in the dependency lock file",
    );
  });

  test("stay as they were where a package cannot be had: 3", async () => {
    const before = readFileSync(join(root, LOCK_FILE), "utf8");
    rmSync(packages("helm")[0]!, { recursive: true });
    const { code, stderr } = await lock(`-fs-mirror=${mirror}`);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^the providers cannot be had; \.terraform\.lock\.hcl is as it was:\n/);
    expect(readFileSync(join(root, LOCK_FILE), "utf8")).toBe(before);
  });
});
