import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BootstrapTerraform } from "../../cli/platform/bootstrap/terraform";
import { testContext } from "../cli/platform/test-context";
import { FakeBucket } from "./support/fake-bucket";
import { describeWithTerraform } from "./support/with-terraform";

const STATE = "demo/bootstrap/default.tfstate";

describeWithTerraform("bootstrap: a local state that moves into its own bucket", () => {
  const root = mkdtempSync(join(tmpdir(), "bootstrap-"));
  const folder = join(root, "stack");
  const local = join(root, "bootstrap-demo.tfstate");
  const bucket = new FakeBucket();
  let terraform: BootstrapTerraform;

  /** What a synthesis writes, with the state here or there. */
  function write(backend: object): void {
    mkdirSync(folder, { recursive: true });
    const resource = { terraform_data: { deployer: { input: "1" } } };
    const output = { deployer_account: { value: "${terraform_data.deployer.output}" } };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend }, resource, output }));
  }
  const here = { local: { path: local } };
  const there = { gcs: { bucket: "state", prefix: "demo/bootstrap" } };

  beforeAll(async () => {
    await bucket.start();
    const env = { ...process.env, ...bucket.variables };
    terraform = new BootstrapTerraform(
      testContext({ env, outdir: root, sleep: () => Promise.resolve() }),
      folder,
    );
  });
  afterAll(async () => {
    await bucket.stop();
    rmSync(root, { recursive: true, force: true });
  });

  test("made locally, before there is a bucket", async () => {
    write(here);
    await terraform.init();
    await terraform.apply();
    expect(existsSync(local)).toBe(true);
    expect(bucket.text(STATE)).toBeUndefined();
  });

  test("fails while the bucket refuses the state, which stays here", async () => {
    write(there);
    bucket.fault = ({ method }) => (method === "POST" ? 403 : undefined);
    await expect(terraform.migrate()).rejects.toThrow(
      /migrating the state failed; run the same command again[^]*injected/,
    );
    expect(existsSync(local)).toBe(true);
    bucket.fault = () => undefined;
  });

  test("the next run goes on: the same resource, in the bucket, nothing to change, no lock left", async () => {
    rmSync(join(folder, ".terraform", "terraform.tfstate"), { force: true });
    write(here);
    await terraform.init();
    await terraform.apply();
    write(there);
    await terraform.migrate();
    expect(await terraform.settled()).toBe(true);
    expect(bucket.text(STATE)).toContain('"deployer"');
    expect([...bucket.objects.keys()]).toEqual([STATE]);
  });

  test("another machine starts from the bucket", async () => {
    rmSync(join(folder, ".terraform"), { recursive: true, force: true });
    rmSync(local, { force: true });
    await terraform.init();
    expect(await terraform.settled()).toBe(true);
  });
});
