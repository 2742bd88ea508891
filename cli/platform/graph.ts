import type { Stack } from "./workspace";

/**
 * Runs work on every stack, each as soon as those before it are through; what does not depend on each other runs side
 * by side. `work` gets what the stacks before gave, and decides itself whether to go on.
 *
 * @param stacks in order: each after those that it depends on
 */
export async function alongGraph<T>(
  stacks: readonly Stack[],
  work: (stack: Stack, before: readonly T[]) => Promise<T>,
): Promise<readonly T[]> {
  const running = new Map<string, Promise<T>>();
  for (const stack of stacks) {
    const before = stack.dependencies.flatMap((name) => running.get(name) ?? []);
    running.set(
      stack.name,
      Promise.all(before).then((results) => work(stack, results)),
    );
  }
  return Promise.all(running.values());
}

/** The same stacks the other way round, for destroying: who depends comes first. */
export function reversed(stacks: readonly Stack[]): readonly Stack[] {
  return [...stacks].reverse().map((stack) => ({
    ...stack,
    dependencies: stacks
      .filter(({ dependencies }) => dependencies.includes(stack.name))
      .map(({ name }) => name),
  }));
}
