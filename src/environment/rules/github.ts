import { subjectProblem } from "../../../constructs/google/github-federation";
import { namesFor } from "../names";
import { problemIf, type Rule, rule } from "./rule";

/** What Google and GitHub take of the repository that may deploy. */
export const githubRules: readonly Rule[] = [
  rule(["name", "project", "prefix", "github"], ({ github, ...named }) =>
    problemIf(
      github !== undefined && namesFor(named).githubPool.startsWith("gcp-"),
      "prefix",
      `must not be "gcp" or start with "gcp-", got ${JSON.stringify(named.prefix)}; Google keeps such names of identity pools for itself`,
    ),
  ),
  rule(["name", "github"], ({ github, name }) => {
    const problem = github && subjectProblem(github.repository, [name, `${name}-plan`]);
    return problemIf(problem !== undefined, "github.repository", problem ?? "");
  }),
  rule(["github"], ({ github }) => [
    problemIf(
      /\/\.{1,2}$/.test(github?.repository ?? "") || /\.git$/.test(github?.repository ?? ""),
      "github.repository",
      `must be the repository's name on GitHub, got ${JSON.stringify(github?.repository)}; write it as in its address, without .git`,
    ),
    problemIf(
      /\.\.|\/\/|\.lock$|[./]$/.test(github?.branch ?? ""),
      "github.branch",
      `must be a name that git takes for a branch, got ${JSON.stringify(github?.branch)}; no run could come from it`,
    ),
  ]),
];
