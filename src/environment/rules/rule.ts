import type { Problem } from "../problems";
import type { Environment, EnvironmentConfig } from "../schema";

/** The parts of an environment; a rule names those that it reads. */
export type Section = keyof Environment;

/** One thing that an environment must satisfy as a whole. Pure: the same environment gives the same problems. */
export interface Rule {
  /** Judged once these could be read, even while others have mistakes of their own. */
  readonly needs: readonly Section[];
  readonly find: (environment: Environment, config: EnvironmentConfig) => readonly Problem[];
}

type Found = Problem | undefined | readonly (Problem | undefined)[];

/**
 * @param needs the sections that `find` may read
 * @param find gets the environment with all defaults, and what its author wrote
 */
export function rule<Needed extends Section>(
  needs: readonly Needed[],
  find: (environment: Pick<Environment, Needed>, config: Pick<EnvironmentConfig, Needed>) => Found,
): Rule {
  return {
    needs,
    find: (environment, config) =>
      [find(environment, config)].flat().filter((problem) => problem !== undefined),
  };
}

/** A problem when the condition holds. */
export function problemIf(condition: boolean, path: string, message: string): Problem | undefined {
  return condition ? { path, message } : undefined;
}
