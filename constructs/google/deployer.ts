import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { grantableRoles, plannerPermissions, plannerRoles } from "./deployer-roles";
import {
  type Grant,
  type GrantCondition,
  grantOnBucket,
  grantOnProject,
  grantOnServiceAccount,
  grantsTo,
} from "./grants";

export interface CiAccountProps {
  readonly project: string;

  /** First part of its e-mail address. Change: replaces the account. */
  readonly accountId: string;

  /** The bucket with the states, wherever it is. */
  readonly stateBucket: string;

  /** The project that holds it. @default `project` */
  readonly stateProject?: string;

  /** Folder of the environment's states in the bucket. */
  readonly statePrefix: string;

  /** Who may act as it: the runs of a workflow. @default nobody but who may on the project */
  readonly users?: Readonly<Record<string, string>>;

  /** @default nothing */
  readonly dependsOn?: ITerraformDependable[];
}

export interface DeployerProps extends CiAccountProps {
  /** Its roles on the project. */
  readonly roles: readonly string[];

  /** Accounts that the stacks make, by a stable key, and its roles on each. They are made here, if nobody has. */
  readonly accounts: Readonly<
    Record<
      string,
      {
        readonly accountId: string;
        readonly displayName: string;
        readonly deployerRoles: readonly string[];
      }
    >
  >;
}

/** The account that deploys an environment: its roles on the project and on the stacks' accounts, and the states. */
export class Deployer extends Construct {
  readonly email: string;

  constructor(scope: Construct, id: string, props: DeployerProps) {
    super(scope, id);
    const { project } = props;
    const account = ciAccount(this, props, "Deploys from CI");
    const roles = props.roles.filter((role) => role !== PROJECT_IAM_ADMIN);
    grantOnProject(
      this,
      "project",
      { project },
      {
        ...grantsTo(account.member, roles),
        ...(roles.includes(STORAGE_ADMIN) && { "storage.admin": bucketsButStates(props, account.member) }),
      },
    );
    new ProjectIamMember(this, "grants", {
      project,
      role: PROJECT_IAM_ADMIN,
      member: account.member,
      condition: {
        title: "only-known-roles",
        description: "May grant and revoke only the roles that the stacks grant on the project",
        expression: `api.getAttribute("iam.googleapis.com/modifiedGrantsByRole", []).hasOnly([${grantableRoles.map((role) => `"${role}"`).join(", ")}])`,
      },
    });
    grantStates(this, props, account.member, "roles/storage.objectUser");
    this.grantOnAccounts(props, account.member);
    this.email = account.email;
  }

  /** The accounts stand in the state of their stacks too, and go with these: the next bootstrap makes them again. */
  private grantOnAccounts({ project, accounts, dependsOn }: DeployerProps, member: string): void {
    const parent = new Construct(this, "accounts");
    for (const [key, { accountId, displayName, deployerRoles }] of Object.entries(accounts)) {
      const account = new ServiceAccount(parent, key, {
        project,
        accountId,
        displayName,
        createIgnoreAlreadyExists: true,
        dependsOn,
      });
      const roles = grantsTo(member, deployerRoles);
      grantOnServiceAccount(parent, `${key}-roles`, { serviceAccountId: account.name }, roles);
    }
  }
}

const PROJECT_IAM_ADMIN = "roles/resourcemanager.projectIamAdmin";
const STORAGE_ADMIN = "roles/storage.admin";

/**
 * Every bucket of the project but the one with the states, which may hold other environments' as well. On that one the
 * account has its own folder, and may neither open it to somebody else nor take the versions away.
 */
function bucketsButStates({ stateBucket }: CiAccountProps, member: string): Grant {
  const bucket = `projects/_/buckets/${stateBucket}`;
  return {
    role: STORAGE_ADMIN,
    member,
    condition: {
      title: "not-the-states",
      description: "Every bucket but the one with Terraform's states",
      expression: `resource.name != "${bucket}" && !resource.name.startsWith("${bucket}/")`,
    },
  };
}

export interface PlannerProps extends CiAccountProps {
  /** Names of the secrets whose values a plan reads. They need not exist yet. */
  readonly secrets: readonly string[];

  /** Id of its custom role. */
  readonly roleId: string;

  /** Roles on the project that planning this environment takes beside `plannerRoles`. @default none */
  readonly moreRoles?: readonly string[];
}

/**
 * The account that plans an environment: reads what a plan reads, and writes nothing but Terraform's lock.
 *
 * A plan reads the values of the named secrets, to compare them. What it reads in the cluster is granted there
 * (stacks/platform/plan-reader.ts). Whoever can open a pull request in the repository itself can make a run that prints
 * all that: leave the planner out where that is not the same circle of people.
 */
export class Planner extends Construct {
  readonly email: string;

  constructor(scope: Construct, id: string, props: PlannerProps) {
    super(scope, id);
    const { project } = props;
    const account = ciAccount(this, props, "Plans pull requests from CI");
    const roles = [...Object.keys(plannerRoles), ...(props.moreRoles ?? [])];
    grantOnProject(this, "project", { project }, grantsTo(account.member, roles));
    new ProjectIamMember(this, "secrets", {
      project,
      role: "roles/secretmanager.secretAccessor",
      member: account.member,
      condition: this.onlySecrets(props),
      dependsOn: props.dependsOn,
    });
    // Its address is older than what it holds.
    const reader = new ProjectIamCustomRole(this, "secrets-role", {
      project,
      roleId: props.roleId,
      title: "What a plan reads and no small role holds",
      permissions: Object.keys(plannerPermissions),
      dependsOn: props.dependsOn,
    });
    new ProjectIamMember(this, "reader", { project, role: reader.name, member: account.member });
    grantStates(this, props, account.member, "roles/storage.objectViewer");
    new StorageBucketIamMember(this, "lock", {
      bucket: props.stateBucket,
      role: "roles/storage.objectUser",
      member: account.member,
      condition: {
        title: "only-locks",
        description: "Terraform's lock of this environment's states, never a state",
        expression: `${ownStates(props)} && resource.name.endsWith(".tflock")`,
      },
    });
    this.email = account.email;
  }

  /**
   * On the project, because a secret that a later deploy makes cannot carry the grant yet. Secret Manager names the
   * project by its number.
   *
   * @see cloud.google.com/secret-manager/docs/access-control#conditions (2026-11)
   */
  private onlySecrets({ project, secrets, dependsOn }: PlannerProps): GrantCondition {
    const { number } = new DataGoogleProject(this, "project-number", { projectId: project, dependsOn });
    const names = secrets.map(
      (secret) => `resource.name.startsWith("projects/${number}/secrets/${secret}/versions/")`,
    );
    return {
      title: "only-what-a-plan-reads",
      description: "The secrets whose values a plan compares",
      expression: names.join(" || "),
    };
  }
}

/** The names of all states in the bucket, and the content of this environment's: one bucket may serve several. */
function grantStates(scope: Construct, props: CiAccountProps, member: string, role: string): void {
  const { project, stateBucket, stateProject = project } = props;
  // Whose the bucket is, is asked before every run; on the account's own project its other roles answer that.
  if (stateProject !== project)
    grantOnProject(scope, "state-project", { project: stateProject }, grantsTo(member, ["roles/browser"]));
  grantOnBucket(
    scope,
    "state",
    { bucket: stateBucket },
    grantsTo(member, ["roles/storage.legacyBucketReader"]),
  );
  new StorageBucketIamMember(scope, "states", {
    bucket: stateBucket,
    role,
    member,
    condition: {
      title: "only-own-states",
      description: `States below ${props.statePrefix}/, but bootstrap's`,
      expression: ownStates(props),
    },
  });
}

/**
 * What the stacks keep, without what bootstrap keeps: an owner of the project runs that one, and a state can name a
 * provider, which is a program.
 */
function ownStates({ stateBucket, statePrefix }: CiAccountProps): string {
  const folder = `projects/_/buckets/${stateBucket}/objects/${statePrefix}/`;
  return `resource.name.startsWith("${folder}") && !resource.name.startsWith("${folder}${BOOTSTRAP}/")`;
}

/** Last part of the prefix of the bootstrap's own state. */
export const BOOTSTRAP = "bootstrap";

function ciAccount(scope: Construct, props: CiAccountProps, displayName: string): ServiceAccount {
  const { project, accountId, users = {}, dependsOn } = props;
  const account = new ServiceAccount(scope, "Default", { project, accountId, displayName, dependsOn });
  const grants = Object.entries(users).map(
    ([key, member]) => [key, { role: "roles/iam.workloadIdentityUser", member }] as const,
  );
  grantOnServiceAccount(scope, "users", { serviceAccountId: account.name }, Object.fromEntries(grants));
  return account;
}
