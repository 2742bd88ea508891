import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { ArtifactMirrors } from "../constructs/google/artifact-mirrors";
import { ArtifactRepository } from "../constructs/google/artifact-repository";
import { DataBucket } from "../constructs/google/data-bucket";
import { DeclaredSecret } from "../constructs/google/declared-secret";
import { PostgresInstance } from "../constructs/google/postgres-instance";
import type { Environment } from "../src/environment/define";
import { EnvironmentStack } from "./environment-stack";

/** What must not be lost: database and its password, buckets, images. Each with three locks in production. */
export class DataStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, "data", environment, ["random"]);
    new RandomProvider(this, "random");
    this.addDatabase();
    this.addBuckets();
    this.addRegistry();
    this.addSignIn();
  }

  private addDatabase(): void {
    const { project, region, database, deletionProtection } = this.environment;
    new PostgresInstance(this, "database", {
      ...database,
      project,
      region,
      name: this.names.database,
      network: this.networkId,
      databaseName: this.names.databaseName,
      userName: this.names.databaseUser,
      passwordSecretId: this.names.databaseSecret,
      kmsKeyName: this.keyId("database"),
      labels: this.labels,
      deletionProtection,
    });
  }

  private addBuckets(): void {
    const { project, storage, deletionProtection } = this.environment;
    for (const [id, name] of Object.entries({
      "metadata-bucket": this.names.metadataBucket,
      "data-bucket": this.names.dataBucket,
    })) {
      const bucket = new DataBucket(this, id, {
        ...storage,
        project,
        name,
        kmsKeyName: this.keyId("storage"),
        labels: this.labels,
        deletionProtection,
      });
      new TerraformOutput(this, id.replace("-", "_"), { value: `gs://${bucket.bucketName}` });
    }
  }

  private addRegistry(): void {
    const { project, region, registry, deletionProtection } = this.environment;
    const common = { project, location: region, kmsKeyName: this.keyId("registry"), labels: this.labels };
    const repository = new ArtifactRepository(this, "registry", {
      ...common,
      repositoryId: this.names.registry,
      description: "Images of tasks",
      immutableTags: registry.immutableTags,
      keepVersions: registry.keepVersions,
      untaggedDays: registry.untaggedDays,
      grants: Object.fromEntries(
        Object.entries(registry.writers).map(([key, member]) => [
          key,
          { role: "roles/artifactregistry.writer", member },
        ]),
      ),
      deletionProtection,
    });
    if (registry.mirrors) new ArtifactMirrors(this, "mirrors", { ...common, mirrors: this.names.mirrors });
    new TerraformOutput(this, "registry_url", {
      value: repository.url,
      description: "Where images are pushed: ImageSpec(registry=…).",
    });
  }
  /** The place for the secret of Flyte's client at the identity provider, which gives it. */
  private addSignIn(): void {
    const { project, region, flyte } = this.environment;
    if (flyte.access.mode !== "public") return;
    const secret = new DeclaredSecret(this, "oidc-client", {
      project,
      region,
      secretId: this.names.oidcSecret,
      labels: this.labels,
    });
    new TerraformOutput(this, "oidc_client_secret_command", {
      value: secret.addVersion,
      description:
        "Takes the OIDC client's secret from the terminal; its version goes to clientSecretVersion.",
    });
  }
}
