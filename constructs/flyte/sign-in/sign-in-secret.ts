import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { EphemeralBlock } from "../../google/ephemeral-block";
import { check, type Rule } from "../../rules";
import { internalClientFile, signInSecretName } from "./sign-in";

export interface SignInSecretProps {
  readonly project: string;

  /** Namespace of the backend; must exist. */
  readonly namespace: string;

  /** Secret Manager secret that holds the OIDC client's secret, written there by hand. */
  readonly oidcSecret: string;

  /**
   * Version of that secret; it must exist when Terraform plans.
   *
   * Change: writes the Kubernetes Secret anew, with that version and with a new internal secret.
   */
  readonly oidcSecretVersion: number;

  /** @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * The two secrets of Flyte's sign-in, as a Kubernetes Secret that Terraform writes and never reads or keeps.
 *
 * - `oidc_client_secret`, from Secret Manager: who Flyte is at the identity provider.
 * - `client_secret`, and its hash in a file of Flyte's configuration: who Flyte's engine is at Flyte's own API. Nobody
 *   else needs it, so it is random, made in the same write as its hash: the two cannot differ.
 *
 * docs/decisions/0011-sign-in-secrets.md says why not otherwise.
 */
export class SignInSecret extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SignInSecretProps) {
    super(scope, id);
    check(this, props, signInSecretRules);
    // registry.terraform.io/providers/hashicorp/google/7.45.0/docs/ephemeral-resources/secret_manager_secret_version
    const oidc = new EphemeralBlock(this, "oidc", "google_secret_manager_secret_version", {
      project: props.project,
      secret: props.oidcSecret,
      version: props.oidcSecretVersion,
    });
    // registry.terraform.io/providers/hashicorp/random/3.7.2/docs/ephemeral-resources/password
    const internal = new EphemeralBlock(this, "internal", "random_password", { length: 40, special: false });
    const secret = new SecretV1(this, "Default", {
      metadata: { name: signInSecretName, namespace: props.namespace },
      type: "Opaque",
      dataWo: {
        oidc_client_secret: oidc.attribute("secret_data"),
        client_secret: internal.attribute("result"),
        ...internalClientFile(internal.attribute("bcrypt_hash")),
      },
      // The random value is new on every run, but reaches the cluster only when this number changes.
      dataWoRevision: props.oidcSecretVersion,
      dependsOn: props.dependsOn?.slice(),
    });
    this.ready = [secret];
  }
}

const signInSecretRules: readonly Rule<SignInSecretProps>[] = [
  ({ oidcSecretVersion }) =>
    Number.isInteger(oidcSecretVersion) && oidcSecretVersion >= 1
      ? undefined
      : `oidcSecretVersion must be a whole number of at least 1, got ${oidcSecretVersion}`,
];
