import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretVersion } from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { EphemeralBlock } from "./ephemeral-block";

export interface PostgresPasswordProps {
  readonly project: string;

  /** Region of the instance, and of the only copy of the secret. Change: replaces the secret. */
  readonly region: string;

  /**
   * Name of the Secret Manager secret that holds the password.
   *
   * Shape: 1 to 255 letters, digits, hyphens and underscores.
   * Change: replaces the secret.
   */
  readonly passwordSecretId: string;

  /**
   * Generation of the password. A higher number rotates it: a new secret version, then the database user.
   * A rotation that failed half way is repeated with the next number.
   *
   * Shape: whole number, at least 1.
   * @default 1
   */
  readonly passwordVersion?: number;

  /**
   * Cloud KMS key of the secret. Secret Manager's service agent must be able to use it first (`dependsOn`).
   *
   * Change: replaces the secret.
   * @default Google's own key
   */
  readonly passwordKmsKeyName?: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Refuse to destroy the secret. @default true */
  readonly deletionProtection?: boolean;

  /** @default nothing */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * A password that Terraform makes, stores in Secret Manager, and never keeps.
 *
 * The random value is new on every run, so nothing may be written from it but the secret version: everything
 * else reads the *stored* value back, ephemerally. If a run dies between the two writes, the next one
 * writes what is stored, and the two agree.
 */
export class PostgresPassword extends Construct {
  /** The stored password, for a write-only argument. */
  readonly value: string;
  /** Number of the secret version that holds it: changes exactly when the value does. */
  readonly version: number;
  /** The secret and its version. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PostgresPasswordProps) {
    super(scope, id);
    check(this, props, postgresPasswordRules);
    const secret = this.createSecret(props);
    const version = this.createVersion(secret, props.passwordVersion ?? 1);
    // registry.terraform.io/providers/hashicorp/google/7.45.0/docs/ephemeral-resources/secret_manager_secret_version
    const stored = new EphemeralBlock(this, "stored", "google_secret_manager_secret_version", {
      secret: secret.id,
      version: version.version,
    });

    this.value = stored.attribute("secret_data");
    this.version = Token.asNumber(version.version);
    this.ready = [secret, version];
  }

  private createSecret(props: PostgresPasswordProps): SecretManagerSecret {
    const deletionProtection = props.deletionProtection ?? true;
    const kmsKeyName = props.passwordKmsKeyName;
    return new SecretManagerSecret(this, "Default", {
      project: props.project,
      secretId: props.passwordSecretId,
      labels: props.labels,
      replication: {
        userManaged: {
          replicas: [
            {
              location: props.region,
              customerManagedEncryption: kmsKeyName === undefined ? undefined : { kmsKeyName },
            },
          ],
        },
      },
      deletionProtection,
      lifecycle: { preventDestroy: deletionProtection },
      dependsOn: props.dependsOn,
    });
  }

  private createVersion(secret: SecretManagerSecret, generation: number): SecretManagerSecretVersion {
    // registry.terraform.io/providers/hashicorp/random/3.7.2/docs/ephemeral-resources/password
    const random = new EphemeralBlock(this, "random", "random_password", {
      length: 32,
      // Flyte writes the password into its connection string without quotes.
      special: false,
    });
    return new SecretManagerSecretVersion(this, "version", {
      secret: secret.id,
      secretDataWo: random.attribute("result"),
      secretDataWoVersion: generation,
      // An old version stays, disabled: a rotation can be undone by hand.
      deletionPolicy: "DISABLE",
      // Destroy-first would leave no version at all when adding the new one fails.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

export const postgresPasswordRules: readonly Rule<PostgresPasswordProps>[] = [
  ({ passwordSecretId }) =>
    /^[A-Za-z0-9_-]{1,255}$/.test(passwordSecretId)
      ? undefined
      : `passwordSecretId must be 1 to 255 letters, digits, hyphens and underscores, got ${JSON.stringify(passwordSecretId)}`,
  ({ passwordVersion = 1 }) =>
    Number.isInteger(passwordVersion) && passwordVersion >= 1
      ? undefined
      : `passwordVersion must be a whole number of at least 1, got ${passwordVersion}`,
];
