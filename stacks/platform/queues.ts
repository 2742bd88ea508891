import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { signInOf } from "../../constructs/flyte/access";
import { executionsPrefix } from "../../constructs/flyte/config/storage";
import { TaskGrants } from "../../constructs/google/task-grants";
import { grantWorkloads } from "../../constructs/google/workload-grants";
import { KueueController } from "../../constructs/kueue/controller/kueue-controller";
import { namespaceOf } from "../../constructs/kueue/names";
import { QueueMonitoring } from "../../constructs/kueue/monitoring/queue-monitoring";
import { QueueSystem } from "../../constructs/kueue/queue-system";
import { Tenants } from "../../constructs/kueue/tenants";
import { addFileServers, addVolumeGrants } from "./volumes";
import { webhookGate } from "../../constructs/kueue/controller/webhook-gate";
import { PlatformPolicies } from "../../constructs/policies/platform-policies";
import { guardedRepositories, ownRegistries } from "./images";
import { FLYTE_NAMESPACE, KUEUE_NAMESPACE, type PlatformContext } from "./platform-context";

/** Kueue, and what watches it. */
export function addKueue(
  scope: Construct,
  context: PlatformContext,
  dependsOn: ITerraformDependable[],
): ITerraformDependable[] {
  const { kueue, deletionProtection } = context.environment;
  const controller = new KueueController(scope, "kueue", {
    name: "kueue",
    namespace: KUEUE_NAMESPACE,
    ...kueue,
    frameworks: context.addOns.frameworks,
    images: context.images,
    protect: deletionProtection,
    dependsOn,
  });
  addMonitoring(scope, context, controller.ready);
  return controller.ready;
}

/** Flavors, quotas, priorities and admission checks. */
export function addQueues(
  scope: Construct,
  { environment, chart, images }: PlatformContext,
  dependsOn: ITerraformDependable[],
): void {
  const { queues, flyte } = environment;
  new QueueSystem(scope, "queues", {
    queues,
    domains: flyte.domains,
    namespace: KUEUE_NAMESPACE,
    chart,
    gate: webhookGate({ name: "kueue-webhook-gate", namespace: KUEUE_NAMESPACE, images }),
    dependsOn,
  });
}

function addMonitoring(
  scope: Construct,
  { environment, names, labels, chart }: PlatformContext,
  dependsOn: ITerraformDependable[],
): void {
  const { project, monitoring, queues } = environment;
  if (!monitoring.enabled || Object.keys(queues.flavors).length === 0) return;
  new QueueMonitoring(scope, "monitoring", {
    project,
    cluster: names.cluster,
    namespace: KUEUE_NAMESPACE,
    flyteNamespace: FLYTE_NAMESPACE,
    kueue: "kueue",
    name: "queue-monitoring",
    chart,
    notificationChannels: Object.values(monitoring.notificationChannels),
    waitingHours: monitoring.waitingHours,
    labels,
    dependsOn,
  });
}

/** The teams' namespaces with their queues, and what their tasks may do at Google. */
export function addTenants(
  scope: Construct,
  context: PlatformContext,
  dependsOn: ITerraformDependable[],
): ITerraformDependable[] {
  const { environment, chart, buckets, projects, addOns } = context;
  const { project, queues, flyte, volumes } = environment;
  const { number } = new DataGoogleProject(scope, "project", { projectId: project });
  new TaskGrants(scope, "task-grants", {
    project,
    projectNumber: number,
    namespaces: projects.flatMap((name) => flyte.domains.map((domain) => namespaceOf(name, domain))),
    buckets,
    writesBelow: { metadata: executionsPrefix },
  });
  grantWorkloads(scope, "add-on-grants", { project, projectNumber: number, grants: addOns.grants, buckets });
  addVolumeGrants(scope, context, number);
  return new Tenants(scope, "tenants", {
    queues,
    domains: flyte.domains,
    releaseNamespace: FLYTE_NAMESPACE,
    chart,
    jobs: addOns.flyte.kinds,
    more: addOns.tenant,
    volumes,
    fileServers: addFileServers(scope, context),
    dependsOn,
  }).ready;
}

/** What tasks may do in the cluster. */
export function addPolicies(
  scope: Construct,
  context: PlatformContext,
  databaseAddress: string,
  dependsOn: ITerraformDependable[],
): void {
  const { queues, flyte, policies, volumes, network: addresses } = context.environment;
  const { network, admission } = policies;
  const { access } = flyte;
  new PlatformPolicies(scope, "policies", {
    queues,
    domains: flyte.domains,
    teamRepositories: guardedRepositories(context),
    volumes,
    flyteNamespace: FLYTE_NAMESPACE,
    chart: context.chart,
    network: network.enabled
      ? {
          ...network,
          access: access.mode,
          // People come through proxies only where a Gateway is.
          proxiesCidr: signInOf(access) && addresses.proxiesCidr,
          webhookCallersCidr: flyte.secretsWebhook ? addresses.nodesCidr : undefined,
          apiServerCidr: addresses.nodesCidr,
          databaseCidr: `${databaseAddress}/32`,
        }
      : undefined,
    admission:
      admission.mode === "off"
        ? undefined
        : {
            mode: admission.mode,
            registries: [...ownRegistries(context), ...admission.registries],
            images: context.addOns.images,
          },
    jobs: context.addOns.flyte.kinds,
    jobTemplates: context.addOns.podTemplates,
    podMakers: context.addOns.podMakers,
    walls: context.addOns.walls,
    apiClients: context.addOns.apiClients,
    dependsOn,
  });
}
