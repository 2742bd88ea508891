import type { Construct } from "constructs";

/**
 * One thing that props must satisfy. Gives the problem in the user's words (name, what is allowed, what was got),
 * or nothing when the props are fine.
 */
export type Rule<Props> = (props: Props) => string | undefined;

/** Props that a construct refuses. Carries every problem, not only the first. */
export class InvalidProps extends Error {
  constructor(
    readonly path: string,
    readonly problems: readonly string[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(`${path} has ${count}:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
    this.name = "InvalidProps";
  }
}

/** Throws one `InvalidProps` that names the construct's path and every rule that the props break. */
export function check<Props>(scope: Construct, props: Props, rules: readonly Rule<Props>[]): void {
  const problems = rules.map((rule) => rule(props)).filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new InvalidProps(scope.node.path, problems);
}
