import { sumOfAddOns } from "../../../../constructs/addons/all";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { flyteChart } from "../../../../constructs/flyte/chart";
import { flyteCoreValues } from "../../../../constructs/flyte/core/core-values";
import { coreProps, publicAccess } from "../props";

/** The chart's own default values, which lie beside a checkout of the repository, not in it. */
const CHART_VALUES = join(
  __dirname,
  "../../../../../shared/data/charts",
  `${flyteChart.names.core}-${flyteChart.version}-values.yaml`,
);

/** Keys that the chart's default values do not show: the place in the chart, or in Flyte v1.16.8, that reads each. */
const KNOWN_FROM_SOURCE: Readonly<Record<string, string>> = {
  "flyteadmin.securityContext.seccompProfile": "templates copy the whole map",
  "flytescheduler.securityContext.seccompProfile": "templates copy the whole map",
  "datacatalog.securityContext.seccompProfile": "templates copy the whole map",
  "flytepropeller.securityContext.seccompProfile": "templates copy the whole map",
  "flytepropeller.securityContext.runAsNonRoot": "templates copy the whole map",
  "flyteconsole.securityContext.seccompProfile": "templates copy the whole map",
  "webhook.securityContext.seccompProfile": "templates copy the whole map",
  "flyteconsole.resources.requests.ephemeral-storage": "templates copy the whole map",
  "flyteconsole.resources.limits.ephemeral-storage": "templates copy the whole map",
  "webhook.resources.limits": "templates copy the whole map",
  "db.admin.database.passwordPath": "flytestdlib/database/config.go",
  "db.admin.database.options": "flytestdlib/database/config.go",
  "db.admin.database.maxOpenConnections": "flytestdlib/database/config.go",
  "db.admin.database.maxIdleConnections": "flytestdlib/database/config.go",
  "db.datacatalog.database.passwordPath": "flytestdlib/database/config.go",
  "db.datacatalog.database.options": "flytestdlib/database/config.go",
  "db.datacatalog.database.maxOpenConnections": "flytestdlib/database/config.go",
  "db.datacatalog.database.maxIdleConnections": "flytestdlib/database/config.go",
  "configmap.console.ADMIN_API_URL": "flyteconsole reads it from its environment, which this map becomes",
  "configmap.adminServer.prof": "flytestdlib/profutils/config.go",
  "configmap.datacatalogServer.prof": "flytestdlib/profutils/config.go",
  "configmap.schedulerConfig.prof": "flytestdlib/profutils/config.go",
  "configmap.core.prof": "flytestdlib/profutils/config.go",
  "configmap.core.propeller.kube-client-config": "flytepropeller/pkg/controller/config/config.go",
  "configmap.core.propeller.node-config": "flytepropeller/pkg/controller/config/config.go",
  "configmap.core.propeller.create-flyteworkflow-crd": "flytepropeller/pkg/controller/config/config.go",
  "configmap.remoteData.remoteData.signedUrls.enabled":
    "flyteadmin/pkg/runtime/interfaces/application_configuration.go",
  "configmap.remoteData.remoteData.signedUrls.signingPrincipal":
    "flyteadmin/pkg/runtime/interfaces/application_configuration.go",
  "configmap.namespace_config": "templates/admin/configmap.yaml; in the default values only as a comment",
  "configmap.logger": "templates/admin/configmap.yaml; in the default values only as a comment",
  "configmap.k8s.plugins.connector-service": "flyteplugins/go/tasks/plugins/webapi/connector/config.go",
  "configmap.k8s.plugins.kf-operator": "flyteplugins/go/tasks/plugins/k8s/kfoperators/common/config.go",
  "configmap.k8s.plugins.ray": "flyteplugins/go/tasks/plugins/k8s/ray/config.go",
  "configmap.k8s.plugins.spark": "flyteplugins/go/tasks/plugins/k8s/spark/config.go",
  "configmap.enabled_plugins.tasks.task-plugins.default-for-task-types.pytorch":
    "flytepropeller/pkg/controller/nodes/task/config/config.go",
  "configmap.enabled_plugins.tasks.task-plugins.default-for-task-types.tensorflow":
    "flytepropeller/pkg/controller/nodes/task/config/config.go",
  "configmap.enabled_plugins.tasks.task-plugins.default-for-task-types.spark":
    "flytepropeller/pkg/controller/nodes/task/config/config.go",
  "configmap.enabled_plugins.tasks.task-plugins.default-for-task-types.ray":
    "flytepropeller/pkg/controller/nodes/task/config/config.go",
  "configmap.task_logs.plugins.logs.templates": "flyteplugins/go/tasks/logs/config.go",
  "configmap.task_logs.plugins.k8s-array": "flyteplugins/go/tasks/plugins/array/k8s/config.go",
  "configmap.task_resource_defaults.task_resources.limits.ephemeralStorage":
    "flyteadmin/pkg/runtime/interfaces/task_resource_configuration.go",
  "configmap.adminServer.server.grpc.maxMessageSizeBytes": "flyteadmin/pkg/config/config.go",
  "configmap.adminServer.flyteadmin.maxParallelism":
    "flyteadmin/pkg/runtime/interfaces/application_configuration.go",
  "configmap.adminServer.flyteadmin.useOffloadedInputs":
    "flyteadmin/pkg/runtime/interfaces/application_configuration.go",
  "configmap.adminServer.flyteadmin.useOffloadedWorkflowClosure":
    "flyteadmin/pkg/runtime/interfaces/application_configuration.go",
  "configmap.remoteData.remoteData.maxSizeInBytes":
    "flyteadmin/pkg/runtime/interfaces/application_configuration.go",
  "configmap.admin.admin.maxMessageSizeBytes": "flyteidl/clients/go/admin/config.go",
  "configmap.catalog.catalog-cache.default-service-config":
    "flytepropeller/pkg/controller/nodes/catalog/config.go",
  "configmap.admin.admin.tokenUrl": "flyteidl/clients/go/admin/config.go",
  "configmap.adminServer.auth.userAuth.openId.clientSecretFile": "flyteadmin/auth/config/config.go",
  "configmap.adminServer.auth.appAuth.selfAuthServer": "flyteadmin/auth/config/config.go",
};

/** Keys of `plugins.k8s` are those of topology binary, which its own test knows. */
const SHARED = "configmap.k8s.plugins.k8s.";

type Json = Record<string, unknown>;
const everyMode = [
  flyteCoreValues(coreProps),
  flyteCoreValues({
    ...coreProps,
    access: publicAccess,
    mirrors: { "ghcr.io": "m" },
    plugins: sumOfAddOns({ ray: {}, training: { tensorflow: true }, spark: { spillGib: 10 } }).flyte,
  }),
] as Json[];
const chartIsHere = existsSync(CHART_VALUES);

describe("every key that the builder writes", () => {
  (chartIsHere ? test : test.skip)(
    chartIsHere
      ? "is one of the chart's default values, or known from source"
      : `is not compared with the chart's default values: ${CHART_VALUES} is not there`,
    () => {
      const chart = parse(readFileSync(CHART_VALUES, "utf8")) as Json;
      expect(everyMode.flatMap((values) => unknownKeys(values, chart))).toEqual([]);
    },
  );

  (chartIsHere ? test : test.skip)(
    "is on the list of known ones only when the default values lack it",
    () => {
      const chart = parse(readFileSync(CHART_VALUES, "utf8")) as Json;
      const shown = Object.keys(KNOWN_FROM_SOURCE).filter((path) => at(chart, path) !== undefined);
      expect(shown).toEqual([]);
    },
  );

  test("and every key on the list is written", () => {
    const written = Object.keys(KNOWN_FROM_SOURCE).filter((path) =>
      everyMode.some((values) => at(values, path) !== undefined),
    );
    expect(written).toEqual(Object.keys(KNOWN_FROM_SOURCE));
  });
});

/** Paths that the chart's values do not have. Below an empty map or a list of the chart everything is allowed. */
function unknownKeys(values: Json, chart: Json, path: readonly string[] = []): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const here = [...path, key].join(".");
    if (here in KNOWN_FROM_SOURCE || here.startsWith(SHARED)) return [];
    if (!(key in chart)) return [here];
    const known = chart[key];
    return isMap(value) && isMap(known) && Object.keys(known).length > 0
      ? unknownKeys(value, known, [...path, key])
      : [];
  });
}

function at(values: Json, path: string): unknown {
  return path.split(".").reduce<unknown>((found, key) => (isMap(found) ? found[key] : undefined), values);
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
