import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { DataGoogleSqlDatabaseInstance } from "@cdktf/provider-google/lib/data-google-sql-database-instance";
import { type ITerraformDependable, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { accessHint } from "../constructs/flyte/access";
import { backendName } from "../constructs/flyte/chart";
import { FlyteNamespace } from "../constructs/flyte/flyte-namespace";
import { FlyteRelease } from "../constructs/flyte/flyte-release";
import { repositoryUrl } from "../constructs/google/artifact-repository";
import { grantOnRepository, grantsTo } from "../constructs/google/grants";
import { ServiceIdentity } from "../constructs/google/service-identity";
import { TaskGrants } from "../constructs/google/task-grants";
import { ClusterAccess } from "../constructs/kubernetes/cluster-access";
import { ManifestChart } from "../constructs/kubernetes/manifest-chart";
import { KueueController } from "../constructs/kueue/kueue-controller";
import { namespaceOf } from "../constructs/kueue/names";
import { QueueMonitoring } from "../constructs/kueue/queue-monitoring";
import { QueueSystem } from "../constructs/kueue/queue-system";
import { tenantNamespaceLabels } from "../constructs/kueue/tenant-namespace";
import { Tenants } from "../constructs/kueue/tenants";
import { webhookGate } from "../constructs/kueue/webhook-gate";
import type { Environment } from "../src/environment/define";
import { EnvironmentStack } from "./environment-stack";

const FLYTE_NAMESPACE = "flyte";
const KUEUE_NAMESPACE = "kueue-system";

/**
 * What runs in the cluster, and the grants that join cluster and data (docs/decisions/0003).
 * In order: who may pull images, Kueue, its queues, Flyte's namespace, the teams' namespaces, Flyte.
 */
export class PlatformStack extends EnvironmentStack {
  private readonly chart: string;

  constructor(scope: Construct, environment: Environment) {
    super(scope, "platform", environment, ["kubernetes", "helm"]);
    this.addAccess();
    this.chart = new ManifestChart(this, "chart").path;

    const pulling = this.grantImagePulls();
    const queues = this.addQueues(pulling);
    const namespace = new FlyteNamespace(this, "flyte-namespace", { name: FLYTE_NAMESPACE });
    const tenants = this.addTenants([...queues, ...namespace.ready]);
    this.addFlyte([...pulling, ...tenants]);
    this.addOutputs();
  }

  private addAccess(): void {
    const { project, region, cluster } = this.environment;
    new ClusterAccess(this, "access", {
      project,
      location: region,
      cluster: this.names.cluster,
      dnsEndpoint: cluster.controlPlane.dnsEndpoint,
    });
  }

  /** Nodes pull task images from the registry, and everything else through its mirrors. */
  private grantImagePulls(): ITerraformDependable[] {
    const { project, region, registry } = this.environment;
    const reader = grantsTo(`serviceAccount:${this.accountEmail(this.names.nodeAccount)}`, [
      "roles/artifactregistry.reader",
    ]);
    const repositories = { registry: this.names.registry, ...(registry.mirrors ? this.names.mirrors : {}) };
    return Object.entries(repositories).flatMap(([key, repository]) =>
      grantOnRepository(this, `pull-${key}`, { project, location: region, repository }, reader),
    );
  }

  private addQueues(dependsOn: ITerraformDependable[]): ITerraformDependable[] {
    const { kueue, queues, flyte, deletionProtection } = this.environment;
    const imageRegistry = this.mirrorUrls["registry.k8s.io"];
    const controller = new KueueController(this, "kueue", {
      name: "kueue",
      namespace: KUEUE_NAMESPACE,
      ...kueue,
      imageRegistry,
      protect: deletionProtection,
      dependsOn,
    });
    this.addMonitoring(controller.ready);
    return new QueueSystem(this, "queues", {
      queues,
      domains: flyte.domains,
      namespace: KUEUE_NAMESPACE,
      chart: this.chart,
      gate: webhookGate({ name: "kueue-webhook-gate", namespace: KUEUE_NAMESPACE, imageRegistry }),
      dependsOn: controller.ready,
    }).ready;
  }

  private addMonitoring(dependsOn: ITerraformDependable[]): void {
    const { project, monitoring, queues } = this.environment;
    if (!monitoring.enabled || Object.keys(queues.flavors).length === 0) return;
    new QueueMonitoring(this, "monitoring", {
      project,
      cluster: this.names.cluster,
      namespace: KUEUE_NAMESPACE,
      kueue: "kueue",
      name: "queue-monitoring",
      chart: this.chart,
      notificationChannels: Object.values(monitoring.notificationChannels),
      waitingHours: monitoring.waitingHours,
      labels: this.labels,
      dependsOn,
    });
  }

  private addTenants(dependsOn: ITerraformDependable[]): ITerraformDependable[] {
    const { project, queues, flyte } = this.environment;
    const { number } = new DataGoogleProject(this, "project", { projectId: project });
    new TaskGrants(this, "task-grants", {
      project,
      projectNumber: number,
      namespaces: this.flyteProjects.flatMap((name) =>
        flyte.domains.map((domain) => namespaceOf(name, domain)),
      ),
      buckets: this.buckets,
    });
    const tenants = new Tenants(this, "tenants", {
      queues,
      domains: flyte.domains,
      releaseNamespace: FLYTE_NAMESPACE,
      chart: this.chart,
      dependsOn,
    });
    return tenants.ready;
  }

  private addFlyte(dependsOn: ITerraformDependable[]): void {
    const { project, database, flyte } = this.environment;
    const storageRoles = ["roles/storage.objectUser", "roles/storage.legacyBucketReader"];
    const identity = new ServiceIdentity(this, "flyte-identity", {
      project,
      accountId: this.names.flyteAccount,
      displayName: `Flyte backend of ${this.names.cluster}`,
      buckets: Object.fromEntries(
        Object.entries(this.buckets).map(([key, bucket]) => [key, { bucket, roles: storageRoles }]),
      ),
      secrets: {
        database: { secretId: this.names.databaseSecret, roles: ["roles/secretmanager.secretAccessor"] },
      },
      rolesOnItself: ["roles/iam.serviceAccountTokenCreator"],
      kubernetesAccounts: { backend: { namespace: FLYTE_NAMESPACE, name: backendName } },
    });
    const { privateIpAddress } = new DataGoogleSqlDatabaseInstance(this, "database", {
      project,
      name: this.names.database,
    });
    new FlyteRelease(this, "flyte", {
      project,
      namespace: FLYTE_NAMESPACE,
      manifestChart: this.chart,
      database: { host: privateIpAddress, name: this.names.databaseName, user: this.names.databaseUser },
      passwordSecret: this.names.databaseSecret,
      passwordVersion: database.passwordVersion,
      metadataBucket: this.names.metadataBucket,
      dataBucket: this.names.dataBucket,
      serviceAccount: identity.email,
      projects: this.flyteProjects,
      domains: flyte.domains,
      tenantNamespaceLabels,
      access: flyte.access,
      cpu: flyte.cpu,
      memoryGib: flyte.memoryGib,
      mirrors: this.mirrorUrls,
      extraValues: flyte.extraValues,
      dependsOn: [...dependsOn, ...identity.ready],
    });
  }

  private addOutputs(): void {
    const hint = accessHint(this.environment.flyte.access, FLYTE_NAMESPACE);
    new TerraformOutput(this, "flyte_connect", {
      value: hint.command,
      description: "Opens the way to Flyte; for an internal address, prints it.",
    });
    new TerraformOutput(this, "flyte_console", { value: hint.consoleUrl });
    new TerraformOutput(this, "flyte_client_config", {
      value: hint.clientConfig,
      description: "~/.flyte/config.yaml for pyflyte and flytectl.",
    });
  }

  private get flyteProjects(): string[] {
    return Object.values(this.environment.queues.teams).flatMap(({ projects }) => projects);
  }

  private get buckets() {
    return { metadata: this.names.metadataBucket, data: this.names.dataBucket };
  }

  private get mirrorUrls(): Readonly<Partial<Record<keyof typeof this.names.mirrors, string>>> {
    const { project, region, registry } = this.environment;
    if (!registry.mirrors) return {};
    return Object.fromEntries(
      Object.entries(this.names.mirrors).map(([host, id]) => [host, repositoryUrl(project, region, id)]),
    );
  }

  private accountEmail(accountId: string): string {
    return `${accountId}@${this.environment.project}.iam.gserviceaccount.com`;
  }
}
