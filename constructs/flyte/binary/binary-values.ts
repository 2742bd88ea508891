import type { FlyteAccess } from "../access";
import { logLinks } from "../config/log-links";
import { propellerConfig } from "../config/propeller";
import { remoteDataConfig, storageConfig } from "../config/storage";
import { taskPluginConfig, taskPodConfig } from "../config/task-pods";
import { largestGpuNode, type TaskLimits, taskResourcesConfig } from "../config/task-resources";
import { tenantNamespaceTemplates } from "../config/tenant-namespaces";
import { flyteImages, type Mirrors } from "../images";
import { literalForTpl, mergeValues, type Values, valueAt } from "../values";
import { backendPodValues } from "./backend-pod";
import { databaseValues, type FlyteDatabase } from "./database";
import { serviceValues } from "./service";

export interface FlyteBinaryProps {
  /** Google Cloud project of the buckets, the secret and the logs. */
  readonly project: string;

  readonly database: FlyteDatabase;

  /** Bucket for what Flyte knows about workflows, and for code that `pyflyte run` uploads. */
  readonly metadataBucket: string;

  /** Bucket for what tasks read and write. May be the same. */
  readonly dataBucket: string;

  /**
   * Service account of the backend. It must be able to sign as itself, or nobody can register a workflow.
   *
   * Shape: an e-mail address.
   */
  readonly serviceAccount: string;

  /**
   * Version of the database password that the server takes.
   *
   * Shape: whole number, at least 1.
   * Change: a new pod, which reads the newest password.
   */
  readonly passwordVersion: number;

  /**
   * Flyte projects to make at the start. Leaving one out later does not remove it.
   *
   * Shape: at least one.
   */
  readonly projects: readonly string[];

  /**
   * Domains that every project has.
   *
   * @default ["development", "staging", "production"]
   */
  readonly domains?: readonly string[];

  /** Labels of a tenant's namespace, letter for letter those that declared tenants have. */
  readonly tenantNamespaceLabels: Readonly<Record<string, string>>;

  /**
   * LocalQueue of tasks that name none, and PodTemplate that they start from.
   *
   * @default "tasks"
   */
  readonly taskQueue?: string;

  /**
   * The most that one task may ask for. The team's quota limits it anyway.
   *
   * @default - the largest GPU node that GKE has
   */
  readonly taskLimits?: TaskLimits;

  /**
   * How people reach Flyte.
   *
   * @default { mode: "port-forward" }
   */
  readonly access?: FlyteAccess;

  /**
   * CPU of the backend's pod.
   *
   * Shape: vCPUs, 0.5 to 30 in steps of 0.25.
   * Change: a new pod; running tasks go on.
   * @default 2
   * @see cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests (2026-11)
   */
  readonly cpu?: number;

  /**
   * Memory of the backend's pod.
   *
   * Shape: GiB, 1 to 6.5 per vCPU.
   * Change: a new pod; running tasks go on.
   * @default 4
   */
  readonly memoryGib?: number;

  /**
   * Mirrors to pull Flyte's images through. Those of `ghcr.io` and `docker.io` count.
   *
   * @default - from their own registries
   */
  readonly mirrors?: Mirrors;

  /**
   * Helm values of the user, merged over everything else. Maps merge, lists replace. What the platform stands on
   * cannot be changed here, and says so.
   *
   * Shape: values of the chart flyte-binary; `{{ }}` in `configuration.inline` reaches Flyte as it is.
   * @default {}
   */
  readonly extraValues?: Readonly<Record<string, unknown>>;
}

export const flyteBinaryDefaults = Object.freeze({
  domains: ["development", "staging", "production"],
  taskQueue: "tasks",
  taskLimits: largestGpuNode,
  access: { mode: "port-forward" } as FlyteAccess,
  cpu: 2,
  memoryGib: 4,
});

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
  return mergeValues(
    backendPodValues({
      images: flyteImages(props.mirrors),
      cpu: props.cpu ?? flyteBinaryDefaults.cpu,
      memoryGib: props.memoryGib ?? flyteBinaryDefaults.memoryGib,
      serviceAccount: props.serviceAccount,
      passwordVersion: props.passwordVersion,
    }),
    serviceValues(access),
    databaseValues(props.database),
    storageValues(props),
    tenantValues(props),
    taskValues(props),
    observabilityValues(props),
  );
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
        // Both keys, or the chart's own `flytesnacks` comes back through the other.
        seedProjects: props.projects,
        seedProjectsWithDetails: props.projects.map((name) => ({ name, description: name })),
      },
    },
    configuration: { inline: { domains: domains.map((id) => ({ id, name: id })) } },
    clusterResourceTemplates: { inline: tenantNamespaceTemplates(props.tenantNamespaceLabels) },
  };
}

function taskValues(props: FlyteBinaryProps): Values {
  return {
    configuration: {
      inline: {
        propeller: propellerConfig(),
        task_resources: taskResourcesConfig(props.taskLimits ?? flyteBinaryDefaults.taskLimits),
        plugins: { k8s: taskPodConfig(props.taskQueue ?? flyteBinaryDefaults.taskQueue) },
      },
    },
    // Not in `inline`: Flyte's loader drops what a later file says about a key that has another shape in an earlier one.
    enabled_plugins: { tasks: { "task-plugins": taskPluginConfig() } },
  };
}

function observabilityValues(props: FlyteBinaryProps): Values {
  return {
    configuration: {
      // 4 is info. The chart's 1 is "fatal": a Flyte that fails says nothing.
      logging: { level: 4, plugins: { custom: logLinks(props.project) } },
      // It prints the whole configuration, the database password included, to whoever reaches port 10254.
      inline: { prof: { DisableConfigEndpoint: true } },
    },
  };
}
