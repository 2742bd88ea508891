import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool";
import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";

export interface GithubFederationProps {
  readonly project: string;

  /**
   * Id of the workload identity pool. A deleted one keeps its id for 30 days.
   *
   * Shape: 4 to 32 lowercase letters, digits and hyphens.
   * Change: replaces the pool, which is refused.
   */
  readonly poolId: string;

  /** `owner/name`. Change: in place; the old repository loses its access at once. */
  readonly repository: string;

  /**
   * GitHub's own number of the repository. With it, a stranger who takes over a name that was given up gets nothing.
   * Change: in place.
   * @default the name alone
   */
  readonly repositoryId?: number;

  /** Branch whose runs may deploy. Change: in place. */
  readonly branch: string;

  /**
   * GitHub environments that the workflows' jobs name. Who must approve a deploy is a rule of `deploy`, and no job
   * gets past it by leaving the environment out: its token would say so.
   *
   * Shape: letters, digits and hyphens.
   */
  readonly environments: { readonly deploy: string; readonly plan: string };

  /** @default nothing */
  readonly dependsOn?: ITerraformDependable[];
}

const ISSUER = "https://token.actions.githubusercontent.com";

/**
 * Whom Google takes a run for. Put together from two claims, because `sub` itself has two forms: repositories made or
 * renamed since July 2026 carry numeric ids in it, and an administrator of the repository may change it.
 * A token without an environment has no such claim, and is refused.
 *
 * @see docs.github.com/actions/reference/security/oidc#immutable-subject-claims (2026-11)
 */
const SUBJECT = '"repo:" + assertion.repository + ":environment:" + assertion.environment';

function subjectOf(repository: string, environment: string): string {
  return `repo:${repository}:environment:${environment}`;
}

/**
 * Lets the workflows of one GitHub repository be somebody in Google Cloud without a key. A token of GitHub's counts only
 * when it says that repository and, for `deploy`, that branch and that environment; for `plan`, its environment and that
 * a pull request or the clock started the run. A run of a fork gets no token that says so.
 *
 * @see docs.github.com/actions/reference/security/oidc (2026-11)
 */
export class GithubFederation extends Construct {
  /** Full names of the providers: what a workflow names to log in. */
  readonly providers: { readonly deploy: string; readonly plan: string };
  /** The jobs of each environment, as the member of a grant. */
  readonly members: { readonly deploy: string; readonly plan: string };

  constructor(scope: Construct, id: string, props: GithubFederationProps) {
    super(scope, id);
    check(this, props, githubFederationRules);
    const { repository, repositoryId, branch, environments } = props;
    const pool = new IamWorkloadIdentityPool(this, "Default", {
      project: props.project,
      workloadIdentityPoolId: props.poolId,
      displayName: "GitHub Actions",
      lifecycle: { preventDestroy: true },
      dependsOn: props.dependsOn,
    });
    // GitHub's claims are texts, numbers too.
    const same =
      repositoryId === undefined
        ? `assertion.repository == "${repository}"`
        : `assertion.repository == "${repository}" && assertion.repository_id == "${repositoryId}"`;
    const base = (environment: string) => `${same} && assertion.environment == "${environment}"`;
    this.providers = {
      deploy: this.provider(
        "deploy",
        pool,
        `${base(environments.deploy)} && assertion.ref == "refs/heads/${branch}"`,
      ),
      plan: this.provider(
        "plan",
        pool,
        `${base(environments.plan)} && assertion.event_name in ["pull_request", "schedule"]`,
      ),
    };
    const member = (environment: string) =>
      `principal://iam.googleapis.com/${pool.name}/subject/${subjectOf(repository, environment)}`;
    this.members = { deploy: member(environments.deploy), plan: member(environments.plan) };
  }

  private provider(id: string, pool: IamWorkloadIdentityPool, attributeCondition: string): string {
    return new IamWorkloadIdentityPoolProvider(this, id, {
      project: pool.project,
      workloadIdentityPoolId: pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: `github-${id}`,
      displayName: `GitHub Actions, ${id}`,
      attributeMapping: { "google.subject": SUBJECT },
      attributeCondition,
      oidc: { issuerUri: ISSUER },
    }).name;
  }
}

const githubFederationRules: readonly Rule<GithubFederationProps>[] = [
  ({ poolId }) =>
    /^(?!gcp-)[a-z0-9-]{4,32}$/.test(poolId)
      ? undefined
      : `poolId must be 4 to 32 lowercase letters, digits and hyphens, not starting with "gcp-", got ${JSON.stringify(poolId)}`,
  // All three end in a condition: whatever else they hold would be part of its logic.
  ({ repository }) =>
    /^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/.test(repository)
      ? undefined
      : `repository must be "owner/name", got ${JSON.stringify(repository)}`,
  ({ repositoryId = 1 }) =>
    Number.isSafeInteger(repositoryId) && repositoryId > 0
      ? undefined
      : `repositoryId must be a whole number of at least 1, got ${JSON.stringify(repositoryId)}`,
  ({ branch }) =>
    /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(branch)
      ? undefined
      : `branch must be the name of one branch such as "main", got ${JSON.stringify(branch)}`,
  ({ environments: { deploy, plan } }) =>
    [deploy, plan].every((name) => /^[A-Za-z0-9-]+$/.test(name)) && deploy !== plan
      ? undefined
      : `environments must be two names of letters, digits and hyphens, got ${JSON.stringify([deploy, plan])}`,
  ({ repository, environments: { deploy, plan } }) => {
    const problem = subjectProblem(repository, [deploy, plan]);
    return problem && `repository ${problem}`;
  },
];

/** @see cloud.google.com/iam/docs/workload-identity-federation#mapping (2026-11) */
const SUBJECT_LIMIT = 127;

/** What is wrong with a repository's name beside those of its environments; nothing when Google takes them. */
export function subjectProblem(repository: string, environments: readonly string[]): string | undefined {
  const longest = Math.max(...environments.map((name) => subjectOf(repository, name).length));
  return longest <= SUBJECT_LIMIT
    ? undefined
    : `must be at least ${longest - SUBJECT_LIMIT} characters shorter, got ${JSON.stringify(repository)}; ` +
        `with the name of its environment it makes a subject of ${longest}, and Google takes ${SUBJECT_LIMIT}`;
}
