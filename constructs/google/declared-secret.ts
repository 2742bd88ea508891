import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";

export interface DeclaredSecretProps {
  readonly project: string;

  /** Region of the only copy of the secret. Change: replaces the secret. */
  readonly region: string;

  /**
   * Name of the secret.
   *
   * Shape: 1 to 255 letters, digits, hyphens and underscores.
   * Change: replaces the secret, without its versions.
   */
  readonly secretId: string;

  /**
   * Cloud KMS key of the secret. Secret Manager's service agent must be able to use it first.
   *
   * Change: replaces the secret, without its versions.
   * @default Google's own key
   */
  readonly kmsKeyName?: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A secret whose value somebody else made, such as an identity provider: the place is declared here, the value is
 * written by hand, and Terraform never sees it.
 *
 * It may be destroyed: whoever gave the value has it still, or gives a new one.
 */
export class DeclaredSecret extends Construct {
  /** Writes a version, from standard input, and prints its number. */
  readonly addVersion: string;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DeclaredSecretProps) {
    super(scope, id);
    check(this, props, declaredSecretRules);
    const secret = new SecretManagerSecret(this, "Default", {
      project: props.project,
      secretId: props.secretId,
      labels: props.labels,
      replication: { userManaged: { replicas: [replica(props)] } },
      deletionProtection: false,
      dependsOn: props.dependsOn?.slice(),
    });
    this.addVersion = addVersionCommand(props.project, props.secretId);
    this.ready = [secret];
  }
}

function replica({ region: location, kmsKeyName }: DeclaredSecretProps) {
  return kmsKeyName === undefined ? { location } : { location, customerManagedEncryption: { kmsKeyName } };
}

/** Without the line break at its end the value is exactly what was typed. */
function addVersionCommand(project: string, secretId: string): string {
  return `read -rs VALUE && printf %s "$VALUE" | gcloud secrets versions add ${secretId} --project ${project} --data-file=-`;
}

export const declaredSecretRules: readonly Rule<DeclaredSecretProps>[] = [
  ({ secretId }) =>
    /^[A-Za-z0-9_-]{1,255}$/.test(secretId)
      ? undefined
      : `secretId must be 1 to 255 letters, digits, hyphens and underscores, got ${JSON.stringify(secretId)}`,
];
