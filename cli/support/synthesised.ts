import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A stack as `cdktf.out/manifest.json` lists it. */
export interface ManifestStack {
  readonly name: string;
  /** Folder of the stack, relative to the output folder. */
  readonly workingDirectory: string;
  /** The stack's `cdk.tf.json`, relative to the output folder. */
  readonly path: string;
  readonly dependencies: readonly string[];
}

/** What the commands read of a `cdk.tf.json`. */
export interface StackFile {
  readonly terraform: {
    readonly backend: { readonly gcs: { readonly bucket: string; readonly prefix: string } };
  };
  readonly resource?: Record<string, Record<string, unknown>>;
}

/** The stacks of the last synthesis, in deploy order. Fails with a message when there was none. */
export function readManifest(outdir: string): ManifestStack[] {
  const file = join(outdir, "manifest.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new Error(`${file} does not exist; run "npm start" first`);
  }
  const { stacks } = JSON.parse(text) as {
    stacks: Record<
      string,
      { name: string; synthesizedStackPath: string; workingDirectory: string; dependencies: string[] }
    >;
  };
  return Object.values(stacks).map(({ name, synthesizedStackPath, workingDirectory, dependencies }) => ({
    name,
    workingDirectory,
    path: synthesizedStackPath,
    dependencies,
  }));
}

/** One parsed `cdk.tf.json`. */
export function readStack(path: string): StackFile {
  return JSON.parse(readFileSync(path, "utf8")) as StackFile;
}
