import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../src/environment/define";
import { namesFor } from "../../src/environment/names";

/** What a file holds for these environments, in the order in which a change is promoted. */
type Follower = (text: string, environments: readonly Environment[]) => string;

/** Files that name the environments because they can't read src/environments/index.ts. By path. */
export const followers: Readonly<Record<string, Follower>> = {
  ".github/workflows/deploy.yml": deployJobs,
  ".github/workflows/plan.yml": matrix,
  ".github/workflows/drift.yml": matrix,
  "docs/ci/gitlab-ci.yml": gitlabJobs,
  "examples/workflows/images.py": defaultRegistry,
};

/** Brings every one of them up to date; gives those that were not. */
export function follow(root: string, environments: readonly Environment[]): string[] {
  return Object.entries(followers).flatMap(([path, follower]) => {
    const file = join(root, path);
    const before = readFileSync(file, "utf8");
    const after = follower(before, environments);
    if (after === before) return [];
    writeFileSync(file, after);
    return [path];
  });
}

/**
 * One job each. A push goes from one to the next, as far as each was deployed; by hand there is one alone. What has
 * `deletionProtection` follows nothing unasked: deploy-environment.yml looks whether GitHub really asks somebody.
 */
function deployJobs(text: string, environments: readonly Environment[]): string {
  const [head = ""] = text.split(/^jobs:\n/m);
  const names = environments.map(({ name }) => name);
  const jobs = environments.map(({ name, deletionProtection }, index) => {
    const before = names[index - 1];
    const push = before === undefined ? "push" : `push' && needs.${before}.outputs.deployed == 'yes`;
    return [
      `  ${name}:`,
      ...(before === undefined ? [] : [`    needs: ${before}`]),
      "    if: >-",
      "      ${{ !cancelled() && vars.DEPLOY == 'true'",
      `      && ((github.event_name == '${push}') || inputs.environment == '${name}') }}`,
      "    uses: ./.github/workflows/deploy-environment.yml",
      `    with: { environment: ${name}, ask: ${deletionProtection} }`,
      "    permissions: { contents: read, actions: read, id-token: write }",
    ].join("\n");
  });
  const choices = head.replace(/^( *options: )\[.*\]$/m, `$1[${names.join(", ")}]`);
  return `${choices}jobs:\n${jobs.join("\n\n")}\n`;
}

/** The same for GitLab, which asks by a button. */
function gitlabJobs(text: string, environments: readonly Environment[]): string {
  const [head = ""] = text.split(/(?<=^# One job for each of src\/environments\.\n)/m);
  const jobs = environments.map(({ name, deletionProtection }, index) =>
    [
      `deploy ${name}:`,
      `  extends: ${deletionProtection ? ".ask" : ".deploy"}`,
      `  needs: ["${index === 0 ? "check" : `deploy ${environments[index - 1]?.name}`}"]`,
      `  environment: ${name}`,
    ].join("\n"),
  );
  return `${head}${jobs.join("\n\n")}\n`;
}

function matrix(text: string, environments: readonly Environment[]): string {
  const names = environments.map(({ name }) => name).join(", ");
  return text.replace(/^( *environment: )\[.*\]$/m, `$1[${names}]`);
}

/** Of the first: where authors try their tasks. */
function defaultRegistry(text: string, [first]: readonly Environment[]): string {
  if (!first) return text;
  const registry = `${first.region}-docker.pkg.dev/${first.project}/${namesFor(first).registry}`;
  return text.replace(/^DEFAULT_REGISTRY = ".*"$/m, `DEFAULT_REGISTRY = "${registry}"`);
}
