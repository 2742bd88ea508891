import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { grantableRoles, plannerPermissions, plannerRoles } from "./deployer-roles";
import { type Grant, grantOnBucket, grantOnProject, grantOnServiceAccount, grantsTo } from "./grants";

export interface CiAccountProps {
  readonly project: string;

  /** First part of its e-mail address. Change: replaces the account. */
  readonly accountId: string;

  /** The bucket with the states, wherever it is. */
  readonly stateBucket: string;

  /** Folder of the environment's states in the bucket. */
  readonly statePrefix: string;

  /** Who may act as it: the runs of a workflow. @default nobody but who may on the project */
  readonly users?: Readonly<Record<string, string>>;

  /** @default nothing */
  readonly dependsOn?: ITerraformDependable[];
}

/** The account that deploys an environment: its roles on the project, and the states. */
export class Deployer extends Construct {
  readonly email: string;

  constructor(scope: Construct, id: string, props: CiAccountProps & { readonly roles: readonly string[] }) {
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
    this.email = account.email;
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

/**
 * The account that plans an environment: reads everything that a plan reads, and writes nothing but Terraform's lock.
 *
 * A plan reads the database password (to compare it) and Helm's releases (which are Kubernetes secrets): whoever can
 * open a pull request in the repository itself can make a run that prints them. Leave the planner out where that is
 * not the same circle of people.
 */
export class Planner extends Construct {
  readonly email: string;

  constructor(scope: Construct, id: string, props: CiAccountProps & { readonly roleId: string }) {
    super(scope, id);
    const { project } = props;
    const account = ciAccount(this, props, "Plans pull requests from CI");
    grantOnProject(this, "project", { project }, grantsTo(account.member, Object.keys(plannerRoles)));
    const secrets = new ProjectIamCustomRole(this, "secrets-role", {
      project,
      roleId: props.roleId,
      title: "Secrets that a plan reads",
      permissions: [
        "container.secrets.get",
        "container.secrets.list",
        "secretmanager.versions.access",
        ...Object.keys(plannerPermissions),
      ],
      dependsOn: props.dependsOn,
    });
    new ProjectIamMember(this, "secrets", { project, role: secrets.name, member: account.member });
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
}

/** The names of all states in the bucket, and the content of this environment's: one bucket may serve several. */
function grantStates(scope: Construct, props: CiAccountProps, member: string, role: string): void {
  const { stateBucket } = props;
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
      description: `States below ${props.statePrefix}/`,
      expression: ownStates(props),
    },
  });
}

function ownStates({ stateBucket, statePrefix }: CiAccountProps): string {
  return `resource.name.startsWith("projects/_/buckets/${stateBucket}/objects/${statePrefix}/")`;
}

function ciAccount(scope: Construct, props: CiAccountProps, displayName: string): ServiceAccount {
  const { project, accountId, users = {}, dependsOn } = props;
  const account = new ServiceAccount(scope, "Default", { project, accountId, displayName, dependsOn });
  const grants = Object.entries(users).map(
    ([key, member]) => [key, { role: "roles/iam.workloadIdentityUser", member }] as const,
  );
  grantOnServiceAccount(scope, "users", { serviceAccountId: account.name }, Object.fromEntries(grants));
  return account;
}
