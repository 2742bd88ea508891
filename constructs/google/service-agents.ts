import { Construct } from "constructs";
import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";

/**
 * Members of the accounts with which Google's services work on a project's resources, and use its encryption keys.
 *
 * When each one exists: `container` and `compute` from the moment their API is on. `cloudSql`, `artifactRegistry` and
 * `gkeBackup` only from the first instance, repository or plan, `filestore` from the first server, `secretManager` only when asked for, which is too late when that one is to be encrypted:
 * `platform bootstrap` asks for them before the first deploy (`generateServiceIdentity`), because
 * `google_project_service_identity` is in the beta provider only.
 * `storage` is created by asking for it: see `ServiceAgents`.
 * @see cloud.google.com/iam/docs/service-agents
 */
export function serviceAgents(projectNumber: string) {
  const agent = (domain: string) =>
    `serviceAccount:service-${projectNumber}@${domain}.iam.gserviceaccount.com`;
  return {
    artifactRegistry: agent("gcp-sa-artifactregistry"),
    cloudSql: agent("gcp-sa-cloud-sql"),
    compute: agent("compute-system"),
    container: agent("container-engine-robot"),
    filestore: agent("cloud-filer"),
    gkeBackup: agent("gcp-sa-gkebackup"),
    secretManager: agent("gcp-sa-secretmanager"),
    storage: agent("gs-project-accounts"),
  };
}

export interface ServiceAgentsProps {
  readonly project: string;
}

/** Looks up a project's service agents, and brings the one of Cloud Storage into being. */
export class ServiceAgents extends Construct {
  readonly members: Readonly<Record<keyof ReturnType<typeof serviceAgents>, string>>;

  /** The data sources wait for nothing on purpose: were they read late, every grant made from them would be replaced. */
  constructor(scope: Construct, id: string, props: ServiceAgentsProps) {
    super(scope, id);
    const project = new DataGoogleProject(this, "project", { projectId: props.project });
    const storage = new DataGoogleStorageProjectServiceAccount(this, "storage", { project: props.project });
    this.members = { ...serviceAgents(project.number), storage: storage.member };
  }
}
