import { gpusOf } from "../scenarios/plan";
import type { Result } from "../story/result";
import type { TaskStory } from "../story/task-story";

/** GPUs that a team holds quota for, of a flavor, from one moment to the next. */
export interface UsageStep {
  readonly at: number;
  readonly gpus: number;
}

/** When an attempt held quota. */
function holdings(
  { attempts, task }: TaskStory,
  lasted: number,
): { from: number; to: number; gpus: number }[] {
  return attempts.flatMap(({ reserved, ended }) =>
    reserved === undefined || task.gpus === 0
      ? []
      : [{ from: reserved, to: ended ?? lasted, gpus: gpusOf(task) }],
  );
}

/** Steps of the GPUs of a flavor that the tasks of these teams hold quota for. */
export function usage({ stories, lasted }: Result, flavor: string, teams: readonly string[]): UsageStep[] {
  const changes = stories
    .filter(({ task }) => task.flavor === flavor && teams.includes(task.team))
    .flatMap((story) => holdings(story, lasted))
    .flatMap(({ from, to, gpus }) => [
      { at: from, change: gpus },
      { at: to, change: -gpus },
    ])
    .sort((a, b) => a.at - b.at || a.change - b.change);
  let gpus = 0;
  return changes.map(({ at, change }) => ({ at, gpus: (gpus += change) }));
}

/** Level of the steps at a moment. */
export function levelAt(steps: readonly UsageStep[], at: number): number {
  let level = 0;
  for (const step of steps) {
    if (step.at > at) break;
    level = step.gpus;
  }
  return level;
}

/** Flavors that the scenario's tasks name, in the order of the environment. */
export function usedFlavors({ stories, model }: Result): string[] {
  const named = new Set(stories.map(({ task }) => task.flavor));
  return model.flavors.map(({ name }) => name).filter((name) => named.has(name));
}

/** GPU-hours of nodes, and of them those that a pod used. */
export function gpuHours({ stories, nodes, lasted }: Result, of: { flavor?: string; team?: string } = {}) {
  const hour = 3_600_000;
  const own = stories.filter(
    ({ task }) => (!of.flavor || task.flavor === of.flavor) && (!of.team || task.team === of.team),
  );
  const namespaces = new Set(own.map(({ task }) => task.namespace));
  const used = own
    .flatMap(({ attempts, task }) =>
      attempts.map(({ running, ended }) =>
        running === undefined ? 0 : ((ended ?? lasted) - running) * gpusOf(task),
      ),
    )
    .reduce((sum, each) => sum + each, 0);
  const there = nodes
    .filter(({ flavor, namespace }) => (!of.flavor || flavor === of.flavor) && namespaces.has(namespace))
    .reduce((sum, { created, removed = lasted, gpus }) => sum + (removed - created) * gpus, 0);
  return { used: used / hour, idle: Math.max(0, there - used) / hour };
}
