import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A stack of builtin resources: no provider to download, no cloud. */
export interface FixtureStack {
  readonly after?: readonly string[];
  /** terraform_data by id. */
  readonly data?: Readonly<Record<string, object>>;
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  /** Merged into the stack's JSON. */
  readonly extra?: object;
}

export type Stacks = Readonly<Record<string, FixtureStack>>;

/** A resource that runs a shell command while it is made; its parent is Terraform. */
export const running = (command: string, input: unknown = "x") => ({
  input,
  provisioner: [{ "local-exec": { command } }],
});

/** Writes what a synthesis of environment "demo" would: a manifest, and `demo-<role>` folders. */
export function writeFixture(outdir: string, bucket: string, stacks: Stacks): void {
  const entries = Object.entries(stacks).map(([role, stack]) => {
    const name = `demo-${role}`;
    const workingDirectory = `stacks/${name}`;
    mkdirSync(join(outdir, workingDirectory), { recursive: true });
    const json = {
      terraform: { backend: { gcs: { bucket, prefix: `demo/${role}` } }, required_version: ">= 1.11" },
      ...(stack.data ? { resource: { terraform_data: stack.data } } : {}),
      ...(stack.outputs ? { output: stack.outputs } : {}),
      ...stack.extra,
    };
    const synthesizedStackPath = `${workingDirectory}/cdk.tf.json`;
    writeFileSync(join(outdir, synthesizedStackPath), JSON.stringify(json));
    const dependencies = (stack.after ?? []).map((each) => `demo-${each}`);
    return [name, { name, workingDirectory, synthesizedStackPath, dependencies }] as const;
  });
  writeFileSync(join(outdir, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) }));
}
