// npm run lock [-- -fs-mirror=PATH | -net-mirror=URL]: the hashes of Terraform's providers, for every platform that somebody
// here may have, from HashiCorp's registry or from the mirror that is named. Commit what it writes.
// Exit code: 0 written, 3 Terraform or the providers cannot be had.
import "../src/plain-errors";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LOCK_FILE } from "../src/provider-lock";
import { providerVersions } from "../stacks/providers";
import { terraform } from "./support/process";
import { inWorkspace } from "./support/workspace";

const UNAVAILABLE = 3;

/** CI's, and those of people's machines. */
const platforms = ["linux_amd64", "linux_arm64", "darwin_arm64", "darwin_amd64"];

async function lock(workspace: string): Promise<number> {
  const providers = Object.entries(providerVersions).map(([name, version]) => [
    name,
    { source: `hashicorp/${name}`, version },
  ]);
  const configuration = { terraform: { required_providers: Object.fromEntries(providers) as object } };
  writeFileSync(join(workspace, "main.tf.json"), JSON.stringify(configuration));
  const wanted = platforms.map((platform) => `-platform=${platform}`);
  const args = [`-chdir=${workspace}`, "providers", "lock", "-no-color", ...wanted, ...process.argv.slice(2)];
  const { code, stdout, stderr } = await terraform(args);
  // Who signed each package stands in it.
  process.stdout.write(stdout);
  if (code !== 0) {
    console.error(`the providers cannot be had; ${LOCK_FILE} is as it was:\n${stderr.trim()}`);
    return UNAVAILABLE;
  }
  copyFileSync(join(workspace, LOCK_FILE), LOCK_FILE);
  const hashes = readFileSync(LOCK_FILE, "utf8").match(/"(h1|zh):/g) ?? [];
  console.log(`wrote ${LOCK_FILE}: ${providers.length} providers, ${hashes.length} hashes. Commit it.`);
  return 0;
}

void inWorkspace("lock-", lock, UNAVAILABLE);
