import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { withoutStackTraces } from "../../src/without-stack-traces";

/** The parsed `cdk.tf.json` of a stack, without CDKTF's own `//` notes. Keys sorted. */
export interface StackJson {
  readonly resource?: Record<string, Record<string, Attributes>>;
  readonly data?: Record<string, Record<string, Attributes>>;
  readonly output?: Record<string, Attributes>;
  readonly [section: string]: unknown;
}

/** The attributes of one resource as Terraform reads them (snake_case). */
// Tests look deep into generated JSON; a typed walk would only restate the provider's schema.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Attributes = Record<string, any>;

/**
 * Builds an app and returns what it really wrote, stack by stack. `Testing.synth` is not used:
 * it renders cross-stack references wrongly and skips validations.
 */
export function synthApp(build: (app: App) => void): Record<string, StackJson> {
  return synthesise((outdir) => {
    const app = new App({ outdir });
    build(app);
    return app;
  });
}

/** Synthesises an app that somebody else builds, into the folder that it is given. */
export function synthesise(build: (outdir: string) => App): Record<string, StackJson> {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    withoutStackTraces(() => build(outdir).synth());
    return readStacks(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** One stack named "test" that holds what `build` puts into it. */
export function synthStack(build: (stack: TerraformStack) => void): StackJson {
  const stacks = synthApp((app) => build(new TerraformStack(app, "test")));
  return stacks["test"]!;
}

/** Every stack found in a `cdktf.out` folder, by stack name. */
export function readStacks(outdir: string): Record<string, StackJson> {
  const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
  return Object.fromEntries(
    Object.keys(manifest.stacks)
      .sort()
      .map((name) => [
        name,
        clean(
          JSON.parse(readFileSync(join(outdir, manifest.stacks[name].synthesizedStackPath), "utf8")),
        ) as StackJson,
      ]),
  );
}

/** All resources of a type, by logical id. Empty when there is none. */
export function resources(stack: StackJson, type: string): Record<string, Attributes> {
  return stack.resource?.[type] ?? {};
}

/** The only resource of a type; fails when there is none, or more than one. */
export function onlyResource(stack: StackJson, type: string): Attributes {
  const found = Object.entries(resources(stack, type));
  if (found.length !== 1)
    throw new Error(`expected exactly one ${type}, found: ${found.map(([id]) => id).join(", ") || "none"}`);
  return found[0]![1];
}

/** Every resource address of a stack, sorted: `type.id`. */
export function addresses(stack: StackJson): string[] {
  return Object.entries(stack.resource ?? {})
    .flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`))
    .sort();
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, clean(inner)]),
  );
}
