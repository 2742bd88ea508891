import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { signInOf } from "../constructs/flyte/access";
import { rawDataPrefix } from "../constructs/flyte/config/storage";
import { ArtifactMirrors } from "../constructs/google/artifact-mirrors";
import { ArtifactRepository } from "../constructs/google/artifact-repository";
import { DataBucket } from "../constructs/google/data-bucket";
import { DeclaredSecret } from "../constructs/google/declared-secret";
import { FileServer } from "../constructs/google/file-server";
import { grantsTo } from "../constructs/google/grants";
import { PostgresInstance } from "../constructs/google/postgres-instance";
import type { Environment } from "../src/environment/define";
import { fileServerName, teamNames } from "../src/environment/names";
import { EnvironmentStack } from "./environment-stack";

/** What must not be lost: database and its password, buckets, files, images. Each with three locks in production. */
export class DataStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, "data", environment, ["random"]);
    new RandomProvider(this, "random");
    this.addDatabase();
    this.addBuckets();
    this.addFileServers();
    this.addRegistry();
    this.addTeamRegistries();
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
      passwordKmsKeyName: this.keyId("secrets"),
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
        ...(name === this.names.dataBucket &&
          storage.rawDataDays !== undefined && {
            expires: { prefix: rawDataPrefix, days: storage.rawDataDays },
          }),
      });
      new TerraformOutput(this, id.replace("-", "_"), { value: `gs://${bucket.bucketName}` });
    }
  }

  private addFileServers(): void {
    const { project, region, network, volumes, deletionProtection } = this.environment;
    const servers = Object.entries(volumes).flatMap(([name, { filestore }]) =>
      filestore === undefined ? [] : [{ name, filestore }],
    );
    if (servers.length === 0) return;
    const parent = new Construct(this, "files");
    for (const { name, filestore } of servers)
      new FileServer(parent, name, {
        ...filestore,
        project,
        region,
        name: fileServerName(this.names, name),
        network: this.networkId,
        nodesCidr: network.nodesCidr,
        kmsKeyName: this.keyId("storage"),
        labels: this.labels,
        deletionProtection,
      });
  }

  private addRegistry(): void {
    const { project, region, registry } = this.environment;
    const repository = new ArtifactRepository(this, "registry", {
      ...this.repositories(),
      repositoryId: this.names.registry,
      description: "Images of tasks",
      grants: Object.fromEntries(
        Object.entries(registry.writers).map(([key, member]) => [
          key,
          { role: "roles/artifactregistry.writer", member },
        ]),
      ),
    });
    if (registry.mirrors)
      new ArtifactMirrors(this, "mirrors", {
        project,
        location: region,
        kmsKeyName: this.keyId("registry"),
        labels: this.labels,
        mirrors: this.names.mirrors,
      });
    new TerraformOutput(this, "registry_url", {
      value: repository.url,
      description: "Where images are pushed: ImageSpec(registry=…).",
    });
  }

  /** A repository for each team with people of its own: a grant on part of one is nothing that Artifact Registry has. */
  private addTeamRegistries(): void {
    const grouped = Object.entries(this.environment.queues.teams).flatMap(([team, { group }]) =>
      group === undefined ? [] : [{ team, group }],
    );
    if (grouped.length === 0) return;
    const parent = new Construct(this, "team-registries");
    const urls = grouped.map(({ team, group }) => {
      const { url } = new ArtifactRepository(parent, team, {
        ...this.repositories(),
        repositoryId: teamNames(this.names, team).registry,
        description: `Images of tasks of team ${team}`,
        grants: grantsTo(`group:${group}`, ["roles/artifactregistry.writer"]),
      });
      return [team, url];
    });
    new TerraformOutput(this, "team_registry_urls", {
      value: Object.fromEntries(urls),
      description: "Where each team's people push images: ImageSpec(registry=…).",
    });
  }

  /** What the repositories for images of tasks have in common. */
  private repositories() {
    const { project, region, registry, deletionProtection } = this.environment;
    return {
      project,
      location: region,
      kmsKeyName: this.keyId("registry"),
      labels: this.labels,
      immutableTags: registry.immutableTags,
      keepVersions: registry.keepVersions,
      untaggedDays: registry.untaggedDays,
      deletionProtection,
    };
  }

  /** The place for the secret of Flyte's client at the identity provider, which gives it. */
  private addSignIn(): void {
    const { project, region, flyte } = this.environment;
    if (signInOf(flyte.access) === undefined) return;
    const secret = new DeclaredSecret(this, "oidc-client", {
      project,
      region,
      secretId: this.names.oidcSecret,
      kmsKeyName: this.keyId("secrets"),
      labels: this.labels,
    });
    new TerraformOutput(this, "oidc_client_secret_command", {
      value: secret.addVersion,
      description:
        "Takes the OIDC client's secret from the terminal; its version goes to clientSecretVersion.",
    });
  }
}
