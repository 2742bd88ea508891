import { join, resolve } from "node:path";
import { readManifest, readStack } from "../support/synthesised";
import type { Context } from "./context";
import { UserError } from "./exit";

/** A synthesised stack, as far as the commands know it. */
export interface Stack {
  readonly name: string;
  /** The folder that holds its `cdk.tf.json`. */
  readonly folder: string;
  /** Names of the stacks of its environment that come before it. */
  readonly dependencies: readonly string[];
  /** Where its state is, and the project that must own the bucket. */
  readonly state: { readonly bucket: string; readonly prefix: string; readonly project?: string };
  /** The projects that its providers work in. */
  readonly projects: readonly string[];
  /** Names of its outputs. */
  readonly outputs: readonly string[];
  /** Addresses that Terraform itself refuses to destroy. */
  readonly protected: readonly string[];
  /** Lowest version of Terraform, e.g. "1.11". */
  readonly terraformVersion?: string;
}

interface Synthesised {
  readonly "//"?: { readonly state?: { readonly project?: string } };
  readonly terraform: {
    readonly backend: { readonly gcs: { readonly bucket: string; readonly prefix: string } };
    readonly required_version?: string;
  };
  readonly provider?: Readonly<Record<string, readonly { readonly project?: string }[]>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<
    Record<string, Readonly<Record<string, { readonly lifecycle?: { readonly prevent_destroy?: boolean } }>>>
  >;
}

/** Synthesises, and gives the stacks of the named environment in the order in which they deploy. */
export async function openWorkspace(context: Context): Promise<readonly Stack[]> {
  await context.synthesise();
  return readWorkspace(context.outdir, context.name);
}

/** The stacks of an environment in what the last synthesis wrote. */
export function readWorkspace(outdir: string, environment: string): readonly Stack[] {
  const all = readManifest(outdir);
  const own = all.filter(({ name }) => name.startsWith(`${environment}-`));
  if (own.length === 0) {
    const known = [...new Set(all.map(({ name }) => JSON.stringify(name.split("-")[0])))].join(", ");
    throw new UserError(`environment must be one of ${known}, got ${JSON.stringify(environment)}`);
  }
  const names = new Set(own.map(({ name }) => name));
  const stacks = own.map(({ name, workingDirectory, path, dependencies }): Stack => {
    const json = readStack(join(outdir, path)) as unknown as Synthesised;
    const { bucket, prefix } = json.terraform.backend.gcs;
    const version = /[\d.]+/.exec(json.terraform.required_version ?? "")?.[0];
    return {
      name,
      folder: resolve(outdir, workingDirectory),
      dependencies: dependencies.filter((each) => names.has(each)),
      state: { bucket, prefix, ...ownerOf(json) },
      projects: (json.provider?.["google"] ?? []).flatMap(({ project }) => (project ? [project] : [])),
      outputs: Object.keys(json.output ?? {}),
      protected: protectedAddresses(json),
      ...(version ? { terraformVersion: version } : {}),
    };
  });
  return inOrder(stacks);
}

function ownerOf({ "//": notes }: Synthesised): { readonly project?: string } {
  const project = notes?.state?.project;
  return project === undefined ? {} : { project };
}

/** Addresses that Terraform itself refuses to destroy. */
export function protectedAddresses({ resource = {} }: Pick<Synthesised, "resource">): string[] {
  return Object.entries(resource).flatMap(([type, byId]) =>
    Object.entries(byId).flatMap(([id, { lifecycle }]) =>
      lifecycle?.prevent_destroy ? [`${type}.${id}`] : [],
    ),
  );
}

/** Each stack after those that it depends on; otherwise by name. */
export function inOrder(stacks: readonly Stack[]): readonly Stack[] {
  const ordered: Stack[] = [];
  const add = (stack: Stack): void => {
    if (ordered.includes(stack)) return;
    for (const name of stack.dependencies) {
      const earlier = stacks.find((each) => each.name === name);
      if (earlier) add(earlier);
    }
    ordered.push(stack);
  };
  for (const stack of [...stacks].sort((a, b) => (a.name < b.name ? -1 : 1))) add(stack);
  return ordered;
}
