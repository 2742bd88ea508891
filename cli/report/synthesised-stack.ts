import { join } from "node:path";
import { readManifest, readStack } from "../support/synthesised";

/** A resource as Terraform's JSON has it. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One synthesised stack, as far as the report reads it. */
export interface Stack {
  readonly name: string;
  readonly dependencies: readonly string[];
  /** Where its state lives: `gs://<bucket>/<prefix>`. */
  readonly state: string;
  /** By type, then by Terraform's id. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly outputs: readonly string[];
}

/** Every stack of the last synthesis, in the order of deployment. */
export function readStacks(outdir: string): Stack[] {
  return inOrder(readManifest(outdir)).map(({ name, path, dependencies }) => {
    const file = readStack(join(outdir, path)) as ReturnType<typeof readStack> & {
      readonly resource?: Stack["resources"];
      readonly output?: Readonly<Record<string, unknown>>;
    };
    const { bucket, prefix } = file.terraform.backend.gcs;
    return {
      name,
      dependencies,
      state: `gs://${bucket}/${prefix}`,
      resources: file.resource ?? {},
      outputs: Object.keys(file.output ?? {}),
    };
  });
}

/** Each stack after those that it depends on; otherwise as given. */
function inOrder<Named extends { readonly name: string; readonly dependencies: readonly string[] }>(
  stacks: readonly Named[],
): Named[] {
  const ordered: Named[] = [];
  const add = (stack: Named): void => {
    if (ordered.includes(stack)) return;
    for (const each of stacks.filter(({ name }) => stack.dependencies.includes(name))) add(each);
    ordered.push(stack);
  };
  stacks.forEach(add);
  return ordered;
}

/** All resources of one type in some stacks, with the stack that holds each. */
export function resourcesOf(
  stacks: readonly Stack[],
  type: string,
): { stack: Stack; resource: Attributes }[] {
  return stacks.flatMap((stack) =>
    Object.values(stack.resources[type] ?? {}).map((resource) => ({ stack, resource })),
  );
}

/** Resources of a stack by type, most first. */
export function countsOf(stack: Stack): (readonly [type: string, count: number])[] {
  return Object.entries(stack.resources)
    .map(([type, byId]) => [type, Object.keys(byId).length] as const)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
