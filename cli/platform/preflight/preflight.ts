import type { Context } from "../context";
import type { Stack } from "../workspace";
import { checkCredentials } from "./credentials";
import type { Finding } from "./finding";
import { checkLock } from "./lock";
import { checkPrerequisites } from "./prerequisites";
import { checkProject } from "./project";
import { checkStateBucket } from "./state-bucket";
import { checkTerraform } from "./tools";

/** Everything that is cheaper to find out now than half way. Side by side, each within the request limit. */
export async function preflight(context: Context, stacks: readonly Stack[]): Promise<readonly Finding[]> {
  const [terraform, account] = await Promise.all([
    checkTerraform(context, stacks),
    checkCredentials(context),
  ]);
  if (!account.ok) return [terraform, account];
  const unique = <T>(items: readonly T[]) => [...new Set(items)];
  const owners = new Map(stacks.map(({ state }) => [state.bucket, state.project]));
  const buckets = await Promise.all(
    [...owners].map(([bucket, project]) => checkStateBucket(context, bucket, project)),
  );
  const reachable = buckets.every(({ ok }) => ok);
  // What is destroyed needs nothing of what a deploy needs, and a verify finds what differs by itself.
  const asks = context.command === "deploy" || context.command === "plan";
  const [made, ...others] = await Promise.all([
    asks ? checkPrerequisites(context, stacks) : [],
    ...unique(stacks.flatMap(({ projects }) => projects)).map((project) => checkProject(context, project)),
    ...(reachable ? stacks.map((stack) => checkLock(context, stack)) : []),
  ]);
  return [terraform, account, ...buckets, ...others, ...made];
}
