import type { Environment } from "../../../src/environment/define";

/**
 * What is to be typed so that CI deploys this environment: GitHub's environments with their rules, and the variables that
 * the workflows read. None of them is secret. Every command may be repeated.
 */
export function waysIn(
  { name, github }: Pick<Environment, "name" | "github">,
  outputs: Readonly<Record<string, string>>,
): string[] {
  if (!github)
    return [`CI deploys as ${outputs["deployer_account"] ?? ""}; how it becomes that account: docs/ci.md`];
  const { repository, branch } = github;
  const plan = `${name}-plan`;
  const set = (where: string, key: string, value = "") =>
    `  gh variable set ${key} --repo ${repository} --env ${where} --body "${value}"`;
  return [
    "For GitHub, in this order (docs/ci.md): its environments, with you as the one who approves a deploy,",
    `  gh api --method PUT repos/${repository}/environments/${plan} --silent`,
    `  echo "{\\"reviewers\\":[{\\"type\\":\\"User\\",\\"id\\":$(gh api user --jq .id)}],\\"deployment_branch_policy\\":{\\"protected_branches\\":false,\\"custom_branch_policies\\":true}}" |`,
    `    gh api --method PUT repos/${repository}/environments/${name} --silent --input -`,
    `  gh api --method POST repos/${repository}/environments/${name}/deployment-branch-policies --silent --field name=${branch}`,
    "  (refused with 422? Your plan of GitHub has no reviewers for a private repository: leave them out. What has",
    "  deletionProtection then waits to be deployed by hand, and says so.)",
    "their variables,",
    set(name, "GOOGLE_PROVIDER", outputs["deploy_provider"]),
    set(name, "GOOGLE_ACCOUNT", outputs["deployer_account"]),
    set(plan, "GOOGLE_PROVIDER", outputs["plan_provider"]),
    set(plan, "GOOGLE_ACCOUNT", outputs["planner_account"]),
    "and, once every environment has its own, the one that wakes the workflows:",
    `  gh variable set DEPLOY --repo ${repository} --body true`,
  ];
}
