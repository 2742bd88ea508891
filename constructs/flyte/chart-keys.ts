/** Keys of a chart's values: below each the next ones, with blanks between; nothing where all below is the user's own. */
export type ChartKeys = Readonly<Record<string, string>>;

/**
 * Two levels of the default values of flyte-binary and flyte-core, v1.16.8: Helm ignores any other key without a word.
 * A test compares them with the charts' own where those are at hand, and prints what to write here after an upgrade.
 */
export const shownKeys: Readonly<Record<"binary" | "core", ChartKeys>> = {
  binary: {
    nameOverride: "",
    fullnameOverride: "",
    commonLabels: "",
    commonAnnotations: "",
    "flyte-core-components": "admin propeller dataCatalog",
    configuration:
      "database storage logging auth co-pilot connectorService propeller externalConfigMap " +
      "externalSecretRef inline inlineConfigMap inlineSecretRef labels annotations",
    clusterResourceTemplates: "externalConfigMap inline inlineConfigMap labels annotations",
    deployment:
      "image extraEnvVars extraEnvVarsConfigMap extraEnvVarsSecret command args livenessProbe " +
      "readinessProbe startupProbe lifecycleHooks podSecurityContext waitForDB " +
      "genAdminAuthSecret labels annotations podLabels podAnnotations extraVolumeMounts " +
      "extraVolumes sidecars initContainers preInitContainers extraPodSpec securityContext",
    service:
      "type ports nodePorts clusterIP labels commonAnnotations httpAnnotations grpcAnnotations " +
      "loadBalancerIP externalTrafficPolicy loadBalancerSourceRanges extraPorts",
    ingress:
      "create labels host separateGrpcIngress commonAnnotations httpAnnotations grpcAnnotations " +
      "ingressClassName httpIngressClassName grpcIngressClassName tls httpTls grpcTls " +
      "httpExtraPaths grpcExtraPaths",
    rbac: "create labels annotations extraRules",
    serviceAccount: "create name labels annotations imagePullSecrets",
    // A chart of its own, with keys of its own.
    flyteconnector: "",
    enabled_plugins: "tasks",
  },
  core: {
    flyteadmin:
      "enabled replicaCount image env envFrom readinessProbe livenessProbe resources strategy " +
      "autoscaling configPath initialProjects service serviceAccount annotations podAnnotations " +
      "podLabels nodeSelector tolerations affinity secrets additionalVolumes " +
      "additionalVolumeMounts additionalContainers extraArgs priorityClassName securityContext " +
      "serviceMonitor",
    flytescheduler:
      "runPrecheck image resources strategy configPath serviceAccount annotations " +
      "podAnnotations podEnv podLabels nodeSelector tolerations affinity secrets " +
      "additionalVolumes additionalVolumeMounts additionalContainers priorityClassName " +
      "securityContext service serviceMonitor",
    datacatalog:
      "enabled replicaCount image resources strategy autoscaling configPath service " +
      "serviceMonitor serviceAccount annotations podAnnotations podEnv podLabels nodeSelector " +
      "tolerations affinity additionalVolumes additionalVolumeMounts additionalContainers " +
      "extraArgs priorityClassName securityContext",
    flyteconnector: "",
    flytepropeller:
      "enabled manager createCRDs replicaCount image resources strategy manager_resources " +
      "terminationMessagePolicy configPath serviceAccount annotations podAnnotations podEnv " +
      "podLabels nodeSelector tolerations affinity additionalVolumes additionalVolumeMounts " +
      "additionalContainers extraArgs clusterName priorityClassName securityContext service " +
      "serviceMonitor prometheus",
    flyteconsole:
      "enabled replicaCount image resources strategy autoscaling service annotations " +
      "podAnnotations podEnv podLabels nodeSelector tolerations affinity ga priorityClassName " +
      "imagePullSecrets securityContext serviceMonitor livenessProbe readinessProbe",
    deployRedoc: "",
    secrets: "adminOauthClientCredentials",
    webhook:
      "enabled priorityClassName serviceAccount service annotations podAnnotations podEnv " +
      "podLabels affinity topologySpreadConstraints nodeSelector securityContext resources " +
      "strategy autoscaling prometheus",
    common: "databaseSecret ingress flyteNamespaceTemplate",
    storage: "secretName type bucketName s3 gcs custom enableMultiContainer limits cache",
    db: "datacatalog admin",
    configmap:
      "clusters console domain otel schedulerConfig adminServer datacatalogServer " +
      "task_resource_defaults admin catalog copilot core enabled_plugins k8s remoteData " +
      "resource_manager task_logs",
    workflow_scheduler: "enabled config type",
    workflow_notifications: "enabled config",
    external_events: "enable type aws eventsPublisher",
    cloud_events: "enable eventsPublisher type aws gcp kafka",
    cluster_resource_manager:
      "enabled standaloneDeployment service_account_name annotations podAnnotations podEnv " +
      "podLabels nodeSelector resources strategy config prometheus templates",
    sparkoperator: "enabled plugin_config",
    daskoperator: "enabled",
    databricks: "enabled plugin_config",
  },
};

/** What the templates read and the default values do not show. */
const unshownKeys: Readonly<Record<"binary" | "core", ChartKeys>> = {
  binary: { deployment: "resources", service: "annotations" },
  core: {
    cluster_resource_manager: "standalone_deploy",
    configmap: "clusterpool_config logger namespace_config",
  },
};

/** The keys that a chart reads: all of the first level, or those below one of them; none where any will do. */
export function chartKeys(topology: "binary" | "core", below?: string): readonly string[] {
  const shown = shownKeys[topology];
  if (below === undefined) return Object.keys(shown);
  return `${shown[below] ?? ""} ${unshownKeys[topology][below] ?? ""}`.split(" ").filter(Boolean);
}
