import { sumOfAddOns } from "../../../../constructs/addons/all";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { flyteBinaryValues } from "../../../../constructs/flyte/binary/binary-values";
import { flyteChart } from "../../../../constructs/flyte/chart";
import { minimalProps, publicAccess } from "../props";

/** The chart's own default values, which lie beside a checkout of the repository, not in it. */
const CHART_VALUES = join(
  __dirname,
  "../../../../../shared/data/charts",
  `${flyteChart.names.binary}-${flyteChart.version}-values.yaml`,
);

/** Keys that the chart reads and its default values do not show, each with where it reads them. */
const READ_BY_THE_CHART = {
  "deployment.resources": "templates/deployment.yaml; in the default values only as a comment",
  "enabled_plugins.tasks.task-plugins.default-for-task-types.ray":
    "templates/configmap.yaml copies the whole",
  "enabled_plugins.tasks.task-plugins.default-for-task-types.pytorch":
    "templates/configmap.yaml copies the whole",
  "enabled_plugins.tasks.task-plugins.default-for-task-types.spark":
    "templates/configmap.yaml copies the whole",
  "enabled_plugins.tasks.task-plugins.default-for-task-types.tensorflow":
    "templates/configmap.yaml copies the whole",
  "deployment.podSecurityContext.runAsNonRoot": "templates/deployment.yaml copies all of it but `enabled`",
  "deployment.podSecurityContext.seccompProfile": "templates/deployment.yaml copies all of it but `enabled`",
};

/**
 * Keys of Flyte's own configuration, by the file of Flyte v1.16.8 that declares them. Flyte ignores an unknown key
 * silently; `flyte config validate --strict` on the rendered files does not.
 */
const READ_BY_FLYTE: Readonly<Record<string, readonly string[]>> = {
  "datacatalog/pkg/config/config.go": ["application.grpcMaxRecvMsgSizeMBs"],
  "flyteadmin/pkg/config/config.go": [
    "server.grpc.maxMessageSizeBytes",
    "server.security.allowCors",
    "server.security.allowedOrigins",
  ],
  "flyteadmin/pkg/runtime/interfaces/application_configuration.go": [
    "domains",
    "flyteadmin.maxParallelism",
    "flyteadmin.useOffloadedInputs",
    "flyteadmin.useOffloadedWorkflowClosure",
    "remoteData.maxSizeInBytes",
    "remoteData.scheme",
    "remoteData.signedUrls.durationMinutes",
    "remoteData.signedUrls.enabled",
    "remoteData.signedUrls.signingPrincipal",
  ],
  "flyteadmin/pkg/runtime/interfaces/task_resource_configuration.go": [
    "task_resources.defaults.cpu",
    "task_resources.defaults.memory",
    "task_resources.limits.cpu",
    "task_resources.limits.ephemeralStorage",
    "task_resources.limits.gpu",
    "task_resources.limits.memory",
  ],
  "flyteplugins/go/tasks/pluginmachinery/flytek8s/config/config.go": [
    "plugins.k8s.co-pilot.timeout",
    "plugins.k8s.create-container-config-error-grace-period",
    "plugins.k8s.create-container-error-grace-period",
    "plugins.k8s.default-annotations",
    "plugins.k8s.default-cpus",
    "plugins.k8s.default-labels",
    "plugins.k8s.default-memory",
    "plugins.k8s.default-pod-template-name",
    "plugins.k8s.gpu-device-node-label",
    "plugins.k8s.gpu-partition-size-node-label",
    "plugins.k8s.gpu-resource-name",
    "plugins.k8s.image-pull-backoff-grace-period",
    "plugins.k8s.inject-finalizer",
    "plugins.k8s.interruptible-node-selector",
    "plugins.k8s.interruptible-tolerations",
    "plugins.k8s.pod-pending-timeout",
    "plugins.k8s.send-object-events",
  ],
  "flyteplugins/go/tasks/plugins/webapi/connector/config.go": [
    "plugins.connector-service.defaultConnector.endpoint",
    "plugins.connector-service.defaultConnector.insecure",
    "plugins.connector-service.pollInterval",
    "plugins.connector-service.supportedTaskTypes",
  ],
  "flyteplugins/go/tasks/plugins/k8s/kfoperators/common/config.go": ["plugins.kf-operator.timeout"],
  "flyteplugins/go/tasks/plugins/k8s/ray/config.go": [
    "plugins.ray.logs.templates",
    "plugins.ray.serviceType",
    "plugins.ray.shutdownAfterJobFinishes",
    "plugins.ray.ttlSecondsAfterFinished",
  ],
  "flyteplugins/go/tasks/plugins/k8s/spark/config.go": [
    "plugins.spark.logs.all-user.templates",
    "plugins.spark.logs.mixed.kubernetes-enabled",
    "plugins.spark.logs.mixed.templates",
    "plugins.spark.spark-config-default",
  ],
  "flytepropeller/pkg/controller/config/config.go": [
    "propeller.kube-client-config.burst",
    "propeller.kube-client-config.qps",
    "propeller.max-workflow-retries",
    "propeller.node-config.default-max-attempts",
    "propeller.node-config.ignore-retry-cause",
    "propeller.node-config.interruptible-failure-threshold",
    "propeller.node-config.max-node-retries-system-failures",
    "propeller.queue.batch-size",
    "propeller.queue.batching-interval",
    "propeller.queue.queue.base-delay",
    "propeller.queue.queue.capacity",
    "propeller.queue.queue.max-delay",
    "propeller.queue.queue.rate",
    "propeller.queue.queue.type",
    "propeller.queue.sub-queue.capacity",
    "propeller.queue.sub-queue.rate",
    "propeller.queue.sub-queue.type",
    "propeller.queue.type",
    "propeller.workers",
  ],
  "flyteidl/clients/go/admin/config.go": ["admin.maxMessageSizeBytes", "admin.tokenUrl"],
  "flytepropeller/pkg/controller/nodes/catalog/config.go": [
    "catalog-cache.default-service-config",
    "catalog-cache.max-cache-age",
  ],
  "flytestdlib/database/config.go": ["database.maxIdleConnections", "database.maxOpenConnections"],
  "flytestdlib/profutils/config.go": ["prof.DisableConfigEndpoint"],
  "flytestdlib/storage/config.go": [
    "storage.cache.max_size_mbs",
    "storage.cache.target_gc_percent",
    "storage.enable-multicontainer",
    "storage.limits.maxDownloadMBs",
  ],
};

type Json = Record<string, unknown>;
const everyMode = [
  flyteBinaryValues(minimalProps),
  flyteBinaryValues({ ...minimalProps, access: { mode: "internal" } }),
  flyteBinaryValues({
    ...minimalProps,
    access: publicAccess,
    rawDataDays: 180,
    plugins: sumOfAddOns({ ray: {}, training: { tensorflow: true }, spark: { spillGib: 10 } }).flyte,
  }),
];
const chartIsHere = existsSync(CHART_VALUES);

describe("every key that the builder writes", () => {
  (chartIsHere ? test : test.skip)(
    chartIsHere
      ? "is one of the chart's default values, or known from its templates"
      : `is not compared with the chart's default values: ${CHART_VALUES} is not there`,
    () => {
      const chart = parse(readFileSync(CHART_VALUES, "utf8")) as Json;
      expect(everyMode.flatMap((values) => unknownKeys(values as Json, chart))).toEqual([]);
    },
  );

  (chartIsHere ? test : test.skip)(
    "is on the list of known ones only when the default values lack it",
    () => {
      const chart = parse(readFileSync(CHART_VALUES, "utf8")) as Json;
      const shown = Object.keys(READ_BY_THE_CHART).filter((path) => at(chart, path) !== undefined);
      expect(shown).toEqual([]);
    },
  );

  test("into Flyte's own configuration is declared in Flyte's source", () => {
    const written = everyMode.map((values) => (values as { configuration: { inline: Json } }).configuration);
    const paths = new Set(written.flatMap(({ inline }) => leaves(inline)));
    expect([...paths].sort()).toEqual(Object.values(READ_BY_FLYTE).flat().sort());
  });
});

/** Paths that the chart's values do not have. Below an empty map or a list of the chart everything is allowed. */
function unknownKeys(values: Json, chart: Json, path: readonly string[] = []): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const here = [...path, key];
    if (here.join(".") in READ_BY_THE_CHART) return [];
    if (!(key in chart)) return [here.join(".")];
    const known = chart[key];
    return isMap(value) && isMap(known) && Object.keys(known).length > 0
      ? unknownKeys(value, known, here)
      : [];
  });
}

/** Paths of everything that is not a map. */
function leaves(value: Json, path = ""): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    isMap(inner) ? leaves(inner, `${path}${key}.`) : [`${path}${key}`],
  );
}

function at(values: Json, path: string): unknown {
  return path.split(".").reduce<unknown>((found, key) => (isMap(found) ? found[key] : undefined), values);
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
