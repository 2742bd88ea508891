import { signInOf } from "../access";
import { type CoreAccounts } from "../chart";
import { apiClientLimits, apiLimits, catalogClientLimits, catalogLimits } from "../config/limits";
import { logLinks } from "../config/log-links";
import { taskPluginConfig } from "../config/plugins";
import { propellerConfig } from "../config/propeller";
import { cacheAgeConfig, rawDataPrefix, remoteDataConfig, storageConfig } from "../config/storage";
import { taskPodConfig } from "../config/task-pods";
import { taskResourcesConfig } from "../config/task-resources";
import { flyteDefaults, type FlyteProps } from "../flyte-props";
import { flyteImages } from "../images";
import { coreSignInValues } from "../sign-in/core-sign-in";
import { literalForTpl, mergeValues, type Values } from "../values";
import { coreAccessValues } from "./core-access";
import { coreDatabaseValues } from "./core-database";
import { corePodValues, withoutSelinux } from "./core-pods";

export interface FlyteCoreProps extends FlyteProps {
  /** Service accounts of the four parts that reach Google. That of `admin` must be able to sign as itself. */
  readonly serviceAccounts: CoreAccounts;

  /** Namespace of the release: propeller's copies agree there on who leads. */
  readonly namespace: string;
}

/** Values of the chart flyte-core, the user's own merged in. What they may not change, `keptCoreRules` checks. */
export function flyteCoreValues(props: FlyteCoreProps): object {
  return withoutSelinux(mergeValues(corePlatformValues(props), props.extraValues ?? {}));
}

/** The values that the platform stands on, before the user's are merged in. */
export function corePlatformValues(props: FlyteCoreProps): Values {
  const images = flyteImages(props);
  const access = props.access ?? flyteDefaults.access;
  const signIn = signInOf(access);
  return mergeValues(
    corePodValues({
      images,
      accounts: props.serviceAccounts,
      passwordVersion: props.passwordVersion,
      secretsWebhook: props.secretsWebhook ?? flyteDefaults.secretsWebhook,
    }),
    coreDatabaseValues(props.database),
    coreAccessValues(access, props.corsOrigins),
    signIn ? coreSignInValues(signIn, props.namespace) : withoutSignIn,
    storageValues(props),
    tenantValues(props),
    engineValues(props, `${images.copilot.repository}:${images.copilot.tag}`),
    sizeValues,
    cacheValues(props),
    noConfigEndpoint,
    noChartRights,
  );
}

/** The chart's own client secret is "foobar", and the same everywhere: no client then, rather than that one. */
const withoutSignIn: Values = {
  secrets: { adminOauthClientCredentials: { enabled: false, clientSecret: "" } },
  configmap: { adminServer: { server: { security: { useAuth: false } } } },
};

/** It prints a part's whole configuration, the database password included, to whoever reaches port 10254. */
const prof = { DisableConfigEndpoint: true };
const noConfigEndpoint: Values = {
  configmap: {
    adminServer: { prof },
    datacatalogServer: { prof },
    schedulerConfig: { prof },
    core: { prof },
  },
};

/** The chart's own Roles stay, where it makes them always, and hold nothing: what the parts may do is in rights/. */
const noRules: Values = { serviceAccount: { rbacScope: "namespace", rbacRules: [] } };
const noChartRights: Values = {
  flyteadmin: { serviceAccount: { rbac: false } },
  flytepropeller: noRules,
  webhook: noRules,
};

const sizeValues: Values = {
  configmap: {
    adminServer: apiLimits,
    admin: { admin: apiClientLimits },
    datacatalogServer: { application: catalogLimits },
    catalog: { "catalog-cache": catalogClientLimits },
  },
};

function cacheValues({ rawDataDays }: FlyteCoreProps): Values {
  const cache = cacheAgeConfig(rawDataDays);
  return Object.keys(cache).length === 0 ? {} : { configmap: { catalog: { "catalog-cache": cache } } };
}

function storageValues(props: FlyteCoreProps): Values {
  const { limits, cache } = storageConfig() as { limits: Values; cache: Record<string, number> };
  return {
    storage: {
      type: "gcs",
      bucketName: props.metadataBucket,
      gcs: { projectId: props.project },
      enableMultiContainer: true,
      limits,
      cache: { maxSizeMBs: cache["max_size_mbs"] ?? 0, targetGCPercent: cache["target_gc_percent"] ?? 0 },
    },
    configmap: {
      // The chart's default is an S3 address.
      core: { propeller: { "rawoutput-prefix": `gs://${props.dataBucket}/${rawDataPrefix.slice(0, -1)}` } },
      remoteData: { remoteData: remoteDataConfig(props.serviceAccounts.admin) },
    },
  };
}

function tenantValues(props: FlyteCoreProps): Values {
  const domains = props.domains ?? flyteDefaults.domains;
  return {
    flyteadmin: { initialProjects: props.projects },
    configmap: {
      domain: { domains: domains.map((id) => ({ id, name: id })) },
      namespace_config: { namespace_mapping: { template: "{{ project }}-{{ domain }}" } },
    },
    workflow_scheduler: { enabled: true, type: "native" },
    // Flyte has no right to make namespaces: projects are given to teams, and nowhere else runs anything.
    cluster_resource_manager: { enabled: false },
  };
}

function engineValues(props: FlyteCoreProps, copilot: string): Values {
  // The chart passes all of these through `tpl`.
  const { config, kinds } = props.plugins ?? flyteDefaults.plugins;
  const logs = literalForTpl({ templates: logLinks(props.project, kinds) });
  return {
    flytepropeller: { createCRDs: false },
    configmap: {
      core: {
        propeller: mergeValues(propellerConfig(), {
          // Made by Flyte itself, as in topology binary: an object of the release would go with it, and take along
          // every running execution.
          "create-flyteworkflow-crd": true,
          "leader-election": { "lock-config-map": { namespace: props.namespace } },
        }),
      },
      k8s: {
        plugins: {
          k8s: taskPodConfig(props.taskQueue ?? flyteDefaults.taskQueue),
          ...literalForTpl(config),
        },
      },
      copilot: { plugins: { k8s: { "co-pilot": { image: copilot } } } },
      enabled_plugins: {
        tasks: { "task-plugins": taskPluginConfig(props.plugins ?? flyteDefaults.plugins) },
      },
      task_logs: { plugins: { logs, "k8s-array": { logs: { config: logs } } } },
      task_resource_defaults: {
        task_resources: taskResourcesConfig(props.taskLimits ?? flyteDefaults.taskLimits),
      },
      logger: { logger: { "show-source": true, level: 4 } },
    },
  };
}
