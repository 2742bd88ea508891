import { signInOf } from "../access";
import { corsConfig } from "../config/cors";
import { apiClientLimits, apiLimits, catalogClientLimits, catalogLimits } from "../config/limits";
import { logLinks } from "../config/log-links";
import { taskPluginConfig } from "../config/plugins";
import { propellerConfig } from "../config/propeller";
import { cacheAgeConfig, remoteDataConfig, storageConfig } from "../config/storage";
import { taskPodConfig } from "../config/task-pods";
import { taskResourcesConfig } from "../config/task-resources";
import { flyteDefaults, type FlyteProps } from "../flyte-props";
import { flyteImages } from "../images";
import { binarySignInValues } from "../sign-in/sign-in";
import { literalForTpl, mergeValues, type Values, valueAt } from "../values";
import { backendPodValues } from "./backend-pod";
import { databaseValues } from "./database";
import { serviceValues } from "./service";

export interface FlyteBinaryProps extends FlyteProps {
  /**
   * Service account of the backend. It must be able to sign as itself, or nobody can register a workflow.
   *
   * Shape: an e-mail address.
   */
  readonly serviceAccount: string;

  /**
   * CPU of the backend's pod.
   *
   * Shape: vCPUs, 0.5 to 30 in steps of 0.25.
   * Change: a new pod; running tasks go on.
   * @default 1
   * @see cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests (2026-11)
   */
  readonly cpu?: number;

  /**
   * Memory of the backend's pod.
   *
   * Shape: GiB, 1 to 6.5 per vCPU.
   * Change: a new pod; running tasks go on.
   * @default 2
   */
  readonly memoryGib?: number;
}

export const flyteBinaryDefaults = Object.freeze({ ...flyteDefaults, cpu: 1, memoryGib: 2 });

/** Values of the chart flyte-binary, the user's own merged in. What they may not change, `keptValuesRules` checks. */
export function flyteBinaryValues(props: FlyteBinaryProps): Values {
  return literalInline(mergeValues(platformValues(props), props.extraValues ?? {}));
}

/** `configuration.inline` is the one part that the chart passes through `tpl` and that holds Flyte's own templates. */
function literalInline(values: Values): Values {
  const inline = valueAt(values, "configuration.inline");
  return inline === undefined
    ? values
    : mergeValues(values, { configuration: { inline: literalForTpl(inline) } });
}

/** The values that the platform stands on, before the user's are merged in. */
export function platformValues(props: FlyteBinaryProps): Values {
  const access = props.access ?? flyteBinaryDefaults.access;
  const signIn = signInOf(access);
  return mergeValues(
    backendPodValues({
      images: flyteImages(props),
      cpu: props.cpu ?? flyteBinaryDefaults.cpu,
      memoryGib: props.memoryGib ?? flyteBinaryDefaults.memoryGib,
      serviceAccount: props.serviceAccount,
      passwordVersion: props.passwordVersion,
    }),
    serviceValues(access, props.internalAddress),
    browserValues(props),
    webhookValues(props),
    signIn ? binarySignInValues(signIn) : {},
    databaseValues(props.database),
    storageValues(props),
    tenantValues(props),
    taskValues(props),
    sizeValues,
    cacheValues(props),
    observabilityValues(props),
  );
}

function browserValues({ corsOrigins = flyteBinaryDefaults.corsOrigins }: FlyteBinaryProps): Values {
  return { configuration: { inline: { server: { security: corsConfig(corsOrigins) } } } };
}

function webhookValues({ secretsWebhook = flyteBinaryDefaults.secretsWebhook }: FlyteBinaryProps): Values {
  return { "flyte-core-components": { propeller: { disableWebhook: !secretsWebhook } } };
}

/** One process serves the API and the catalog, and is a client of both. */
const sizeValues: Values = {
  configuration: {
    inline: {
      ...apiLimits,
      admin: apiClientLimits,
      application: catalogLimits,
      "catalog-cache": catalogClientLimits,
    },
  },
};

function cacheValues({ rawDataDays }: FlyteBinaryProps): Values {
  const cache = cacheAgeConfig(rawDataDays);
  return Object.keys(cache).length === 0 ? {} : { configuration: { inline: { "catalog-cache": cache } } };
}

function storageValues(props: FlyteBinaryProps): Values {
  return {
    configuration: {
      storage: {
        provider: "gcs",
        metadataContainer: props.metadataBucket,
        userDataContainer: props.dataBucket,
        providerConfig: { gcs: { project: props.project } },
      },
      inline: { storage: storageConfig(), remoteData: remoteDataConfig(props.serviceAccount) },
    },
  };
}

function tenantValues(props: FlyteBinaryProps): Values {
  const domains = props.domains ?? flyteBinaryDefaults.domains;
  return {
    "flyte-core-components": {
      admin: {
        // It has no right to make namespaces: projects are given to teams, and nowhere else runs anything.
        disableClusterResourceManager: true,
        // Both keys, or the chart's own `flytesnacks` comes back through the other.
        seedProjects: props.projects,
        seedProjectsWithDetails: props.projects.map((name) => ({ name, description: name })),
      },
    },
    configuration: { inline: { domains: domains.map((id) => ({ id, name: id })) } },
  };
}

function taskValues(props: FlyteBinaryProps): Values {
  return {
    configuration: {
      inline: {
        propeller: propellerConfig(),
        task_resources: taskResourcesConfig(props.taskLimits ?? flyteBinaryDefaults.taskLimits),
        plugins: {
          k8s: taskPodConfig(props.taskQueue ?? flyteBinaryDefaults.taskQueue),
          ...(props.plugins ?? flyteDefaults.plugins).config,
        },
      },
    },
    // Not in `inline`: Flyte's loader drops what a later file says about a key that has another shape in an earlier one.
    enabled_plugins: { tasks: { "task-plugins": taskPluginConfig(props.plugins ?? flyteDefaults.plugins) } },
  };
}

function observabilityValues(props: FlyteBinaryProps): Values {
  return {
    configuration: {
      // 4 is info. The chart's 1 is "fatal": a Flyte that fails says nothing.
      logging: {
        level: 4,
        plugins: { custom: logLinks(props.project, (props.plugins ?? flyteDefaults.plugins).kinds) },
      },
      // It prints the whole configuration, the database password included, to whoever reaches port 10254.
      inline: { prof: { DisableConfigEndpoint: true } },
    },
  };
}
