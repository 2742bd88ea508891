import type { Environment } from "../../../src/environment/define";
import type { Context } from "../context";
import { Exit, UserError } from "../exit";
import { type OwnedBucket, strangerTo } from "../google/bucket-owner";
import { GoogleError } from "../google/client";

/** Where a bootstrap stands: which buckets are there, and who made them. */
export interface Standing {
  /** The bootstrap's own state is in the bucket: an earlier bootstrap went through. */
  readonly migrated: boolean;
  readonly makes: { readonly stateBucket: boolean; readonly accessLogBucket: boolean };
}

/** What is known of a Terraform state: the buckets that it manages. */
interface State {
  readonly resources?: readonly {
    readonly type?: string;
    readonly instances?: readonly { readonly attributes?: { readonly name?: string } }[];
  }[];
}

/**
 * A bucket is the bootstrap's when nobody has made it yet, or when a state of the bootstrap, in the bucket or left on
 * this machine by a run that was cut off, manages it. Any other of the same project was made by hand or for another
 * environment, and only gets grants. One of another project is a stranger's, and refused.
 */
export async function standingOf(context: Context, localState: string | undefined): Promise<Standing> {
  const environment = context.environment();
  const { state, storage } = environment;
  const logs = storage.accessLogBucket;
  const [states, usage] = await Promise.all([
    lookUp(context, { name: state.bucket, project: state.project, keys: ["state.bucket", "state.project"] }),
    logs === undefined
      ? absent
      : lookUp(context, {
          name: logs,
          project: storage.accessLogProject,
          keys: ["storage.accessLogBucket", "storage.accessLogProject"],
        }),
  ]);
  const strange = [states, usage].flatMap(({ problem }) => problem ?? []);
  if (strange.length > 0) throw new UserError(strange.join("\n"), Exit.refused);
  const remote = states.exists ? await readState(context, environment) : undefined;
  const managed = new Set([...bucketsOf(remote), ...bucketsOf(parsed(localState))]);
  return {
    migrated: remote !== undefined,
    makes: {
      stateBucket: !states.exists || managed.has(state.bucket),
      accessLogBucket: logs !== undefined && (managed.has(logs) || !usage.exists),
    },
  };
}

/** A bucket, the project that must own it, and the keys of an environment that say both. */
interface Wanted {
  readonly name: string;
  readonly project: string;
  readonly keys: readonly [bucket: string, project: string];
}

interface Found {
  readonly exists: boolean;
  /** Why it must not be used. */
  readonly problem?: string;
}

const absent: Found = { exists: false };

async function lookUp({ google }: Context, { name, project, keys }: Wanted): Promise<Found> {
  const bucket = await orAbsent(google.request<OwnedBucket>({ product: "storage", path: `b/${name}` }));
  if (bucket === undefined) return absent;
  const owner = await strangerTo(google, project, bucket);
  if (owner === undefined) return { exists: true };
  const [bucketKey, projectKey] = keys;
  return {
    exists: true,
    problem:
      `${bucketKey} must be a bucket of project "${project}", got "${name}", which belongs to ${owner}\n` +
      `→ choose another name; where that project is yours too, name it in the environment's file: ${projectKey}`,
  };
}

async function orAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

async function readState({ google }: Context, { state }: Environment): Promise<State | undefined> {
  const object = encodeURIComponent(`${state.prefix}/bootstrap/default.tfstate`);
  const path = `b/${state.bucket}/o/${object}`;
  return orAbsent(google.request<State>({ product: "storage", path, query: { alt: "media" } }));
}

function parsed(text: string | undefined): State | undefined {
  return text === undefined || text.trim() === "" ? undefined : (JSON.parse(text) as State);
}

function bucketsOf(state: State | undefined): string[] {
  return (state?.resources ?? [])
    .filter(({ type }) => type === "google_storage_bucket")
    .flatMap(({ instances = [] }) => instances.flatMap(({ attributes }) => attributes?.name ?? []));
}
