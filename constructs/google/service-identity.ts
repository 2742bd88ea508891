import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check } from "../rules";
import {
  grantOnBucket,
  grantOnProject,
  grantOnRepository,
  grantOnSecret,
  grantOnServiceAccount,
  grantsTo,
  type Grants,
} from "./grants";
import { serviceIdentityRules } from "./service-identity-rules";

export interface ServiceIdentityProps {
  readonly project: string;

  /**
   * First part of the account's e-mail address.
   *
   * Shape: 6 to 30 lowercase letters, digits and hyphens, a letter first, no hyphen last.
   * Change: replaces the account; whatever names the old address loses its access.
   */
  readonly accountId: string;

  /** What people read in the console. @default the account id */
  readonly displayName?: string;

  /** Roles on buckets, by a stable key. @default none */
  readonly buckets?: Readonly<Record<string, { readonly bucket: string; readonly roles: readonly string[] }>>;

  /** Roles on secrets, by a stable key. @default none */
  readonly secrets?: Readonly<
    Record<string, { readonly secretId: string; readonly roles: readonly string[] }>
  >;

  /** Roles on Artifact Registry repositories, by a stable key. @default none */
  readonly repositories?: Readonly<
    Record<
      string,
      { readonly location: string; readonly repository: string; readonly roles: readonly string[] }
    >
  >;

  /**
   * Roles of the account on itself. `roles/iam.serviceAccountTokenCreator` lets it sign URLs as itself
   * without a key; on the project it would let it become every account.
   * @default none
   */
  readonly rolesOnItself?: readonly string[];

  /** Roles on the project: only those that no single resource can carry. @default none */
  readonly projectRoles?: readonly string[];

  /** Kubernetes service accounts that may act as this account, by a stable key. @default none */
  readonly kubernetesAccounts?: Readonly<
    Record<string, { readonly namespace: string; readonly name: string }>
  >;

  /**
   * What makes the project's workload identity pool: the cluster. Only the Kubernetes accounts wait for it;
   * before it exists Google answers "Identity Pool does not exist".
   * @default nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

/** A service account without keys, with everything it may do in one place. */
export class ServiceIdentity extends Construct {
  readonly email: string;
  /** The account as the member of a grant: `serviceAccount:<email>`. */
  readonly member: string;
  /** Everything a consumer must wait for: the account, its grants, and who may act as it. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceIdentityProps) {
    super(scope, id);
    check(this, props, serviceIdentityRules);
    const { project, accountId, displayName = accountId } = props;
    const account = new ServiceAccount(this, "Default", {
      project,
      accountId,
      displayName,
      // `platform bootstrap` has made it already, or nobody has (docs/decisions/0021).
      createIgnoreAlreadyExists: true,
    });

    this.email = account.email;
    this.member = account.member;
    this.ready = [
      account,
      ...this.grantOnResources(props),
      ...grantOnServiceAccount(
        this,
        "itself",
        { serviceAccountId: account.name },
        grantsTo(this.member, props.rolesOnItself ?? []),
      ),
      ...grantOnProject(this, "project", { project }, grantsTo(this.member, props.projectRoles ?? [])),
      ...grantOnServiceAccount(
        this,
        "kubernetes-accounts",
        { serviceAccountId: account.name, dependsOn: props.dependsOn },
        kubernetesGrants(props),
      ),
    ];
  }

  private grantOnResources(props: ServiceIdentityProps): ITerraformDependable[] {
    const { project } = props;
    const to = (roles: readonly string[]) => grantsTo(this.member, roles);
    return [
      ...Object.entries(props.buckets ?? {}).flatMap(([key, { bucket, roles }]) =>
        grantOnBucket(this, `bucket-${key}`, { bucket }, to(roles)),
      ),
      ...Object.entries(props.secrets ?? {}).flatMap(([key, { secretId, roles }]) =>
        grantOnSecret(this, `secret-${key}`, { project, secretId }, to(roles)),
      ),
      ...Object.entries(props.repositories ?? {}).flatMap(([key, { location, repository, roles }]) =>
        grantOnRepository(this, `repository-${key}`, { project, location, repository }, to(roles)),
      ),
    ];
  }
}

function kubernetesGrants({ project, kubernetesAccounts = {} }: ServiceIdentityProps): Grants {
  return Object.fromEntries(
    Object.entries(kubernetesAccounts).map(([key, { namespace, name }]) => [
      key,
      {
        role: "roles/iam.workloadIdentityUser",
        member: `serviceAccount:${project}.svc.id.goog[${namespace}/${name}]`,
      },
    ]),
  );
}
