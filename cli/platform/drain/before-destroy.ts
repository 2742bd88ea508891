import { commandLine, type Given } from "../command-line";
import type { Context } from "../context";
import { aggregatedApis, hangingNamespaces } from "../doctor/api-server";
import { Exit, UserError } from "../exit";
import type { KubernetesClient } from "../google/kubernetes";
import { table } from "../output";
import { unlessUnreachable } from "./cluster";
import { drain } from "./drain";
import { stuckIn } from "./stuck";
import { workIn } from "./work";

const DRAIN_WAIT = 30;

/** Refuses while anything runs or waits, and says what, by team. With `--drain` it only says so. */
export async function refuseWork(
  context: Context,
  kubernetes: KubernetesClient | undefined,
): Promise<number | undefined> {
  const { output, name, options, now } = context;
  drainLimit(context);
  const found = await unlessUnreachable(context, async () => {
    if (!kubernetes) return undefined;
    for (const { subject, text, fix } of await undeletable(kubernetes, context, now()))
      output.problem(`${subject} ${text}; a destroy may hang at that\n  → ${fix}`);
    const work = await workIn(kubernetes);
    return { ...work, stuck: await stuckIn(kubernetes, work.pods, now()) };
  });
  if (!found || found.teams.length + found.stuck.length === 0) return undefined;
  const { teams, stuck } = found;
  const rows = teams.map(({ team, running, waiting }) => [team, String(running), String(waiting)]);
  if (teams.length > 0)
    for (const row of table([["team", "running", "waiting"], ...rows])) output.problem(row);
  for (const { what, command } of stuck) output.problem(`${what}\n  → ${command}`);
  if (options.flag("drain")) return undefined;
  const why = [
    `${name}: tasks run or wait, and a destroy would hang at them`,
    `  → wait for their end; or end them, and lose what waits: ${commandLine(context, "--drain")}`,
  ];
  for (const line of [...why, "nothing was changed"]) output.problem(line);
  const hanging = stuck.map(({ what, command }) => ({ what, command }));
  output.result({ environment: name, status: "refused", why, teams, stuck: hanging });
  return Exit.refused;
}

/** What keeps namespaces from being deleted. No reason to refuse: what a destroy deletes may be just what mends it. */
async function undeletable(kubernetes: KubernetesClient, given: Given, now: number) {
  const lines = [...(await aggregatedApis(kubernetes, given)), ...(await hangingNamespaces(kubernetes, now))];
  return lines.filter(({ level }) => level === "problem");
}

/** With `--drain`: every queue is held and empty; or says which are held, and how they go on. */
export async function emptyQueues(
  context: Context,
  kubernetes: KubernetesClient | undefined,
): Promise<number | undefined> {
  const { output, name, options } = context;
  if (!options.flag("drain") || !kubernetes) return undefined;
  const drained = await drain(context, kubernetes, drainLimit(context));
  if (drained.empty) {
    output.note("every queue is empty");
    return undefined;
  }
  const { why, stuck, resume } = drained;
  output.problem(`${name}: ${why}; nothing was destroyed`);
  for (const { what, command } of stuck) output.problem(`${what}\n  → ${command}`);
  output.problem(`  → to go on: ${commandLine(context, "--drain")}`);
  if (resume.length > 0) output.problem(`  → or to let the queues run again:`);
  for (const command of resume) output.problem(`    ${command}`);
  const hanging = stuck.map(({ what, command }) => ({ what, command }));
  output.result({ environment: name, status: "failed", why, stuck: hanging, resume });
  return Exit.error;
}

/** In milliseconds. */
function drainLimit({ options }: Context): number {
  const given = options.text("drainWait");
  const wait = given === undefined ? DRAIN_WAIT : Number(given);
  if (wait > 0) return wait * 60_000;
  throw new UserError(`--drain-wait must be a number of minutes, got ${JSON.stringify(given)}`, Exit.refused);
}
