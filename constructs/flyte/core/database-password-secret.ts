import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { EphemeralBlock } from "../../google/ephemeral-block";
import { coreDatabaseSecret, PASSWORD_FILE } from "./core-database";

export interface DatabasePasswordSecretProps {
  readonly project: string;

  /** Namespace of the backend; must exist. */
  readonly namespace: string;

  /** Secret Manager secret that holds the database password. */
  readonly passwordSecret: string;

  /** Version of the password that the server takes. Change: writes the newest one. */
  readonly passwordVersion: number;

  /** @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * The database password as a Kubernetes Secret, which topology core needs: its chart gives the containers that make the
 * tables no other volume. Terraform passes it on and keeps it in neither plan nor state.
 */
export class DatabasePasswordSecret extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabasePasswordSecretProps) {
    super(scope, id);
    // registry.terraform.io/providers/hashicorp/google/7.45.0/docs/ephemeral-resources/secret_manager_secret_version
    const stored = new EphemeralBlock(this, "stored", "google_secret_manager_secret_version", {
      project: props.project,
      secret: props.passwordSecret,
    });
    const secret = new SecretV1(this, "Default", {
      metadata: { name: coreDatabaseSecret, namespace: props.namespace },
      type: "Opaque",
      dataWo: { [PASSWORD_FILE]: stored.attribute("secret_data") },
      dataWoRevision: props.passwordVersion,
      dependsOn: props.dependsOn?.slice(),
    });
    this.ready = [secret];
  }
}
