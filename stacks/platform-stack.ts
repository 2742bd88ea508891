import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { DataGoogleSqlDatabaseInstance } from "@cdktf/provider-google/lib/data-google-sql-database-instance";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { type ITerraformDependable, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { accessHint, redirectUri } from "../constructs/flyte/access";
import { backendName, coreServiceAccounts, podLabels } from "../constructs/flyte/chart";
import { CoreIdentities } from "../constructs/flyte/core/core-identities";
import { FlyteNamespace } from "../constructs/flyte/flyte-namespace";
import { FlyteRelease } from "../constructs/flyte/flyte-release";
import { PublicGateway } from "../constructs/flyte/public/public-gateway";
import { SignInSecret } from "../constructs/flyte/sign-in/sign-in-secret";
import { repositoryUrl } from "../constructs/google/artifact-repository";
import { grantOnRepository, grantsTo } from "../constructs/google/grants";
import { InternalEndpoint } from "../constructs/google/internal-endpoint";
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
import { PlatformPolicies } from "../constructs/policies/platform-policies";
import type { Environment } from "../src/environment/define";
import { EnvironmentStack } from "./environment-stack";

const FLYTE_NAMESPACE = "flyte";
const KUEUE_NAMESPACE = "kueue-system";
const STORAGE_ROLES = ["roles/storage.objectUser", "roles/storage.legacyBucketReader"];

/**
 * What runs in the cluster, and the grants that join cluster and data (docs/decisions/0003).
 * In order: who may pull images, Kueue, its queues, Flyte's namespace, the teams' namespaces, what their pods may do,
 * Flyte, and the way to it.
 */
export class PlatformStack extends EnvironmentStack {
  private readonly chart: string;

  constructor(scope: Construct, environment: Environment) {
    const signsIn = environment.flyte.access.mode === "public";
    super(scope, "platform", environment, ["kubernetes", "helm", ...(signsIn ? (["random"] as const) : [])]);
    this.addAccess();
    this.chart = new ManifestChart(this, "chart").path;

    const pulling = this.grantImagePulls();
    const queues = this.addQueues(pulling);
    const namespace = new FlyteNamespace(this, "flyte-namespace", {
      name: FLYTE_NAMESPACE,
      podSecurity: environment.flyte.topology === "core" ? "baseline" : "restricted",
    });
    const tenants = this.addTenants([...queues, ...namespace.ready]);
    const { privateIpAddress } = new DataGoogleSqlDatabaseInstance(this, "database", {
      project: environment.project,
      name: this.names.database,
    });
    this.addPolicies(privateIpAddress, tenants);
    const signIn = this.addSignIn(namespace.ready);
    this.addFlyte(privateIpAddress, [...pulling, ...tenants, ...signIn]);
    this.addPublicAccess(namespace.ready);
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

  private addPolicies(databaseAddress: string, dependsOn: ITerraformDependable[]): void {
    const { queues, flyte, policies } = this.environment;
    const { network, admission } = policies;
    new PlatformPolicies(this, "policies", {
      queues,
      domains: flyte.domains,
      flyteNamespace: FLYTE_NAMESPACE,
      chart: this.chart,
      network: network.enabled
        ? { ...network, access: flyte.access.mode, databaseCidr: `${databaseAddress}/32` }
        : undefined,
      admission:
        admission.mode === "off"
          ? undefined
          : { mode: admission.mode, registries: [...this.ownRegistries, ...admission.registries] },
      dependsOn,
    });
  }

  private addSignIn(dependsOn: ITerraformDependable[]): ITerraformDependable[] {
    const { project, flyte } = this.environment;
    if (flyte.access.mode !== "public") return [];
    new RandomProvider(this, "random");
    return new SignInSecret(this, "sign-in", {
      project,
      namespace: FLYTE_NAMESPACE,
      oidcSecret: this.names.oidcSecret,
      oidcSecretVersion: flyte.access.oidc.clientSecretVersion,
      dependsOn,
    }).ready;
  }

  private addFlyte(databaseAddress: string, dependsOn: ITerraformDependable[]): void {
    const { project, database, flyte } = this.environment;
    const core = flyte.topology === "core";
    const identity = new ServiceIdentity(this, "flyte-identity", {
      project,
      accountId: this.names.flyteAccount,
      displayName: `Flyte backend of ${this.names.cluster}`,
      buckets: Object.fromEntries(
        Object.entries(this.buckets).map(([key, bucket]) => [key, { bucket, roles: STORAGE_ROLES }]),
      ),
      // In topology core Terraform hands the password over; nobody else needs to read it.
      secrets: core
        ? {}
        : {
            database: { secretId: this.names.databaseSecret, roles: ["roles/secretmanager.secretAccessor"] },
          },
      rolesOnItself: ["roles/iam.serviceAccountTokenCreator"],
      kubernetesAccounts: {
        backend: { namespace: FLYTE_NAMESPACE, name: core ? coreServiceAccounts.admin : backendName },
      },
    });
    const shared = {
      project,
      namespace: FLYTE_NAMESPACE,
      manifestChart: this.chart,
      database: { host: databaseAddress, name: this.names.databaseName, user: this.names.databaseUser },
      passwordSecret: this.names.databaseSecret,
      passwordVersion: database.passwordVersion,
      metadataBucket: this.names.metadataBucket,
      dataBucket: this.names.dataBucket,
      projects: this.flyteProjects,
      domains: flyte.domains,
      tenantNamespaceLabels,
      access: flyte.access,
      mirrors: this.mirrorUrls,
      extraValues: flyte.extraValues,
    };
    if (!core) {
      const { cpu, memoryGib } = flyte;
      const ready = [...dependsOn, ...identity.ready];
      new FlyteRelease(this, "flyte", {
        ...shared,
        serviceAccount: identity.email,
        cpu,
        memoryGib,
        internalAddress: this.addInternalAddress(),
        dependsOn: ready,
      });
      return;
    }
    const parts = new CoreIdentities(this, "flyte-parts", {
      project,
      accountIds: this.names.flyteCoreAccounts,
      namespace: FLYTE_NAMESPACE,
      storageRoles: STORAGE_ROLES,
      metadataBucket: this.names.metadataBucket,
      dataBucket: this.names.dataBucket,
    });
    new FlyteRelease(this, "flyte", {
      ...shared,
      topology: "core",
      serviceAccounts: { admin: identity.email, ...parts.emails },
      dependsOn: [...dependsOn, ...identity.ready, ...parts.ready],
    });
  }

  /** The reserved address of an internal Flyte that has a name. */
  private addInternalAddress(): string | undefined {
    const { project, region, flyte } = this.environment;
    const { access } = flyte;
    if (access.mode !== "internal" || !access.host || !access.dnsZone) return undefined;
    return new InternalEndpoint(this, "internal", {
      project,
      region,
      name: this.names.internalEndpoint,
      subnetwork: this.subnetworkId,
      host: access.host,
      dnsZone: access.dnsZone,
      labels: this.labels,
    }).address;
  }

  private addPublicAccess(dependsOn: ITerraformDependable[]): void {
    const { project, flyte, deletionProtection } = this.environment;
    const { access } = flyte;
    if (access.mode !== "public") return;
    const core = flyte.topology === "core";
    const { address } = new PublicGateway(this, "public", {
      project,
      name: this.names.publicEndpoint,
      host: access.host,
      dnsZone: access.dnsZone,
      cloudArmorPolicy: access.cloudArmorPolicy,
      namespace: FLYTE_NAMESPACE,
      api: { selector: core ? podLabels.admin : podLabels.binary },
      console: core ? { selector: podLabels.console } : undefined,
      manifestChart: this.chart,
      labels: this.labels,
      deletionProtection,
      dependsOn,
    });
    new TerraformOutput(this, "flyte_address", {
      value: address,
      description: `What ${access.host} must resolve to.`,
    });
    new TerraformOutput(this, "flyte_redirect_uri", {
      value: redirectUri(access),
      description: "What the identity provider must know as the client's redirect URI.",
    });
  }

  private addOutputs(): void {
    const { access, topology } = this.environment.flyte;
    const hint = accessHint(access, FLYTE_NAMESPACE, topology);
    new TerraformOutput(this, "flyte_connect", {
      value: hint.command,
      description:
        "Opens the way to Flyte; prints an internal address; asks a public one whether Flyte answers.",
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

  /** Where tasks may always take images from: the environment's registry, its mirrors, and Flyte's own images. */
  private get ownRegistries(): string[] {
    const { project, region } = this.environment;
    const own = [repositoryUrl(project, region, this.names.registry), ...Object.values(this.mirrorUrls)];
    return [...own, "cr.flyte.org/flyteorg", "ghcr.io/flyteorg"].map((registry) => `${registry}/`);
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
