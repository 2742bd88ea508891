import type { Environment } from "../../../src/environment/define";
import type { Context } from "../context";
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
 * this machine by a run that was cut off, manages it. Any other is somebody else's and only gets grants.
 */
export async function standingOf(context: Context, localState: string | undefined): Promise<Standing> {
  const environment = context.environment();
  const { state, storage } = environment;
  const exists = await bucketExists(context, state.bucket);
  const remote = exists ? await readState(context, environment) : undefined;
  const managed = new Set([...bucketsOf(remote), ...bucketsOf(parsed(localState))]);
  const logs = storage.accessLogBucket;
  return {
    migrated: remote !== undefined,
    makes: {
      stateBucket: !exists || managed.has(state.bucket),
      accessLogBucket: logs !== undefined && (managed.has(logs) || !(await bucketExists(context, logs))),
    },
  };
}

async function bucketExists({ google }: Context, name: string): Promise<boolean> {
  try {
    await google.request({ product: "storage", path: `b/${name}` });
    return true;
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return false;
    throw error;
  }
}

async function readState({ google }: Context, { state }: Environment): Promise<State | undefined> {
  const object = encodeURIComponent(`${state.prefix}/bootstrap/default.tfstate`);
  try {
    return await google.request<State>({
      product: "storage",
      path: `b/${state.bucket}/o/${object}`,
      query: { alt: "media" },
    });
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

function parsed(text: string | undefined): State | undefined {
  return text === undefined || text.trim() === "" ? undefined : (JSON.parse(text) as State);
}

function bucketsOf(state: State | undefined): string[] {
  return (state?.resources ?? [])
    .filter(({ type }) => type === "google_storage_bucket")
    .flatMap(({ instances = [] }) => instances.flatMap(({ attributes }) => attributes?.name ?? []));
}
