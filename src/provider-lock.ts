import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** In the repository's root, written by `npm run lock`; and in the folder of a stack, where Terraform looks for it. */
export const LOCK_FILE = ".terraform.lock.hcl";

/** What a stack says of its providers, by local name. */
type Required = Readonly<Record<string, { readonly source: string; readonly version: string }>>;

/**
 * Lays down beside each synthesised stack what the repository's lock file says of the stack's providers: Terraform then
 * installs the packages with those hashes, or none, whoever calls it. Where the repository has no such file, nothing is
 * locked.
 */
export function lockProviders(outdir: string, root = "."): void {
  const file = join(root, LOCK_FILE);
  if (!existsSync(file)) return;
  const lock = readFileSync(file, "utf8");
  const read = (path: string): unknown => JSON.parse(readFileSync(join(outdir, path), "utf8"));
  // By the manifest: an earlier synthesis may have left other stacks.
  const { stacks } = read("manifest.json") as { stacks: Record<string, { synthesizedStackPath: string }> };
  for (const { synthesizedStackPath: path } of Object.values(stacks)) {
    const { terraform } = read(path) as { terraform: { required_providers: Required } };
    writeFileSync(join(outdir, dirname(path), LOCK_FILE), lockOf(terraform.required_providers, lock));
  }
}

/** The blocks of a lock file for these providers, and no others: one too many is a change that Terraform refuses. */
export function lockOf(required: Required, lock: string): string {
  const blocks = lock.match(/^provider "[^"]+" \{$.*?^\}$/gms) ?? [];
  const own = Object.values(required).map(({ source, version }) => {
    const block = blocks.find((each) => each.startsWith(`provider "registry.terraform.io/${source}" {`));
    const locked = block && /^ {2}version +?= "(.+)"$/m.exec(block)?.[1];
    if (block && locked === version) return block;
    throw new Error(
      `${LOCK_FILE} must hold ${source} ${version}, which the stacks require, got ${locked ?? "none of its versions"}; run "npm run lock" and commit what it writes`,
    );
  });
  return `# Of the repository's ${LOCK_FILE}: "npm run lock".\n\n${own.sort().join("\n\n")}\n`;
}
