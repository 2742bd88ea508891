import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waysIn } from "../../../../cli/platform/bootstrap/ways-in";

const github = { repository: "acme/flyte", branch: "main" };
const outputs = {
  deployer_account: "flyte-prod-deploy@acme.iam.gserviceaccount.com",
  planner_account: "flyte-prod-plan@acme.iam.gserviceaccount.com",
  deploy_provider: "projects/1/locations/global/workloadIdentityPools/flyte-prod/providers/github-deploy",
  plan_provider: "projects/1/locations/global/workloadIdentityPools/flyte-prod/providers/github-plan",
};

test("what it prints for GitHub can be typed as it stands: environments, a reviewer, a branch, variables", () => {
  const folder = mkdtempSync(join(tmpdir(), "gh-"));
  // Says who asks, and writes down how it was called and what it was told.
  const gh = `#!/bin/sh
if [ "$2" = user ]; then echo 7; exit; fi
echo "$*" >> ${folder}/called
case "$*" in *--input*) cat >> ${folder}/called;; esac
`;
  writeFileSync(join(folder, "gh"), gh, { mode: 0o755 });
  const typed = waysIn({ name: "prod", github }, outputs).filter((line) => / (gh|echo) /.test(line));
  execFileSync("bash", ["--norc", "-e", "-c", typed.join("\n")], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: `${folder}:${process.env["PATH"]}` },
  });
  const [plan, deploy, rules = "", branch, ...variables] = readFileSync(join(folder, "called"), "utf8")
    .trim()
    .split("\n");
  rmSync(folder, { recursive: true });
  expect([plan, deploy, branch]).toEqual([
    "api --method PUT repos/acme/flyte/environments/prod-plan --silent",
    "api --method PUT repos/acme/flyte/environments/prod --silent --input -",
    "api --method POST repos/acme/flyte/environments/prod/deployment-branch-policies --silent --field name=main",
  ]);
  expect(JSON.parse(rules)).toEqual({
    reviewers: [{ type: "User", id: 7 }],
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  });
  expect(variables).toEqual([
    `variable set GOOGLE_PROVIDER --repo acme/flyte --env prod --body ${outputs.deploy_provider}`,
    `variable set GOOGLE_ACCOUNT --repo acme/flyte --env prod --body ${outputs.deployer_account}`,
    `variable set GOOGLE_PROVIDER --repo acme/flyte --env prod-plan --body ${outputs.plan_provider}`,
    `variable set GOOGLE_ACCOUNT --repo acme/flyte --env prod-plan --body ${outputs.planner_account}`,
    "variable set DEPLOY --repo acme/flyte --body true",
  ]);
});

test("without GitHub it names the account, and the page that says how another CI becomes it", () => {
  expect(waysIn({ name: "prod", github: undefined }, outputs)).toEqual([
    "CI deploys as flyte-prod-deploy@acme.iam.gserviceaccount.com; how it becomes that account: docs/ci.md",
  ]);
});
