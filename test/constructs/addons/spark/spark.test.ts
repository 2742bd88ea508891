import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { operatorChart, operatorValues } from "../../../../constructs/addons/spark/operator-chart";
import { spark } from "../../../../constructs/addons/spark/spark";
import { authorsKeys } from "../../../../constructs/addons/spark/spark-config";
import type { Manifest } from "../../../../constructs/kubernetes/manifest";
import type { Attributes } from "../../../support/synth";

const context = {
  project: "acme-ml",
  mirrors: { "ghcr.io": "eu.pkg.dev/acme/ghcr" },
  releaseChannel: "REGULAR",
  queuedFlavors: ["h100-dws"],
  tenants: [],
} as const;
const on = spark({ spillGib: 8 }, context);
const [rights, operator] = on.releases ?? [];
const values = operator!.chart!.values as Attributes;
const tenant = on.tenant!("vision-development");

const named = (manifests: readonly Manifest[], kind: string, name: string) =>
  manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name) as Attributes;
const verbs = (rules: readonly Attributes[], resource: string) =>
  rules.filter(({ resources }) => resources.includes(resource)).flatMap(({ verbs: may }) => may as string[]);

describe("a Spark task", () => {
  const config = (on.flyte?.config as Attributes)["spark"] as Attributes;
  const defaults = Object.assign({}, ...config["spark-config-default"]) as Record<string, string>;

  test("is a SparkApplication, whose pods Kueue takes one by one", () => {
    expect(on.flyte).toMatchObject({
      taskTypes: { spark: ["spark"] },
      kinds: [{ apiGroup: "sparkoperator.k8s.io", resources: ["sparkapplications"] }],
    });
    expect(on.frameworks).toBeUndefined();
    expect(defaults).toMatchObject({
      "spark.kubernetes.executor.label.kueue.x-k8s.io/managed": "true",
      "spark.kubernetes.executor.annotation.kueue.x-k8s.io/pod-suspending-parent": "spark-driver",
    });
  });

  test("keeps the capitals of its keys: Flyte lower-cases those of a map, not those of a list", () =>
    expect(config["spark-config-default"]).toContainEqual({
      "spark.hadoop.fs.AbstractFileSystem.gs.impl": "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS",
    }));

  test("is refused what only the operator may say", () => {
    const [jobs] = on.walls!.map(({ variables }) => variables?.["foreign"] ?? "");
    expect(jobs).toContain(`!${JSON.stringify(authorsKeys)}.exists(b, k.startsWith(b))`);
    const letIn = (key: string) => authorsKeys.some((begins) => key.startsWith(begins));
    for (const key of ["namespace", "driver.pod.name", "file.upload.path", "driver.podTemplateFile"])
      expect([key, letIn(`spark.kubernetes.${key}`)]).toEqual([key, false]);
    expect(letIn("spark.kubernetes.driver.request.cores")).toBe(true);
  });

  test("has links of its own instead of Flyte's, which is of localhost", () => {
    expect(config["logs"].mixed["kubernetes-enabled"]).toBe(false);
    expect(config["logs"]["all-user"].templates[0].templateUris[0]).toContain("driver%7Cexec-");
  });

  test("spills to a disk that its pods ask for, by templates that the controller hands to Spark", () => {
    const { data, metadata } = named(rights!.manifests!, "ConfigMap", "spark-operator-pods");
    const { volumes, volumeMounts } = values["controller"];
    const volume = volumes.find(({ configMap }: Attributes) => configMap?.name === metadata.name);
    const mount = volumeMounts.find(({ name }: Attributes) => name === volume.name);
    for (const role of ["driver", "executor"]) {
      const file = defaults[`spark.kubernetes.${role}.podTemplateFile`];
      expect(file).toBe(`${mount.mountPath}/${role}.yaml`);
      const [container] = (parse(data[`${role}.yaml`]) as Attributes)["spec"].containers;
      expect(container.name).toBe(`spark-kubernetes-${role}`);
      expect(container.resources).toEqual({
        requests: { "ephemeral-storage": "8Gi" },
        limits: { "ephemeral-storage": "8Gi" },
      });
    }
  });
});

describe("the driver", () => {
  test("has an account of its own, by the name that Flyte gives, with a role in its namespace", () => {
    const account = named(tenant, "ServiceAccount", "spark");
    expect(account["metadata"].namespace).toBe("vision-development");
    const binding = named(tenant, "RoleBinding", "spark-driver");
    expect(binding["subjects"]).toEqual([
      { kind: "ServiceAccount", name: "spark", namespace: "vision-development" },
    ]);
    expect(on.podMakers).toEqual(["spark"]);
  });

  test("makes and deletes pods, and changes none: it would take the gate of one that waits", () => {
    const { rules } = named(rights!.manifests!, "ClusterRole", "spark-driver");
    expect(verbs(rules, "pods").sort()).toEqual([
      "create",
      "delete",
      "deletecollection",
      "get",
      "list",
      "watch",
    ]);
    for (const resource of ["services", "persistentvolumeclaims"])
      expect(verbs(rules, resource)).not.toContain("create");
    const resources = (rules as Attributes[]).flatMap((rule) => rule["resources"] as string[]);
    expect(new Set(resources)).toEqual(new Set(["pods", "configmaps", "persistentvolumeclaims", "services"]));
  });

  test("alone reaches the API server", () =>
    expect(on.apiClients).toEqual([{ name: "spark-drivers", labels: { "spark-role": "driver" } }]));
});

describe("the operator", () => {
  test("makes pods in the namespaces of tasks, and nowhere else", () => {
    const { rules } = named(rights!.manifests!, "ClusterRole", "spark-operator-controller");
    const changing = (rules as Attributes[]).filter(({ verbs: may }) =>
      (may as string[]).some((verb) => !["get", "list", "watch"].includes(verb)),
    );
    expect(changing).toEqual([]);
    const bound = named(tenant, "RoleBinding", "spark-operator-controller");
    const { rules: inTenants } = named(rights!.manifests!, "ClusterRole", bound["roleRef"].name);
    expect(verbs(inTenants, "pods")).toContain("create");
    expect(values["controller"].rbac.create).toBe(false);
    expect(values["spark"].rbac.create).toBe(false);
  });

  test("may write the status of its jobs, by which the wall of owners knows it", () => {
    const { rules } = named(rights!.manifests!, "ClusterRole", "spark-operator-controller-tasks");
    expect(verbs(rules, "sparkapplications/status")).toContain("update");
  });

  test("is the pinned chart, through the mirror, after its rights", () => {
    expect(operator).toMatchObject({
      name: "spark-operator",
      namespace: "spark-operator",
      after: ["spark-rights"],
      chart: { repository: "https://kubeflow.github.io/spark-operator", version: "2.5.2" },
    });
    const repository = "kubeflow/spark-operator/controller";
    expect(values["image"]).toEqual({ registry: "eu.pkg.dev/acme/ghcr", repository, tag: "2.5.2" });
    const digests = { [`ghcr.io/${repository}:2.5.2`]: "sha256:1" };
    expect(operatorValues({ digests }).image).toEqual({
      registry: "ghcr.io",
      repository,
      tag: "2.5.2@sha256:1",
    });
  });

  test("is reached by the API server where the firewall lets it", () =>
    expect(on.controlPlanePorts).toEqual([values["webhook"].port]));

  test("is seen by its two Deployments", () =>
    expect(on.seen?.operators?.map(({ deployment }) => deployment)).toEqual([
      "spark-operator-controller",
      "spark-operator-webhook",
    ]));
});

/** The chart's own default values, which lie beside a checkout of the repository, not in it. */
const CHART_VALUES = join(
  __dirname,
  `../../../../../shared/data/charts/${operatorChart.name}-${operatorChart.version}-values.yaml`,
);
const chartIsHere = existsSync(CHART_VALUES);

(chartIsHere ? test : test.skip)(
  chartIsHere
    ? "every value is a key that the chart knows"
    : `the values are not compared with the chart's own: ${CHART_VALUES} is not there`,
  () => {
    const chart = parse(readFileSync(CHART_VALUES, "utf8")) as Attributes;
    const known = (path: string) =>
      path.split(".").reduce<Attributes | undefined>((at, key) => at?.[key] as Attributes | undefined, chart);
    expect(leaves(values).filter((path) => known(path) === undefined)).toEqual([]);
  },
);

/** Paths of what is no map; below `resources` the chart has an empty one. */
function leaves(map: Attributes, path = ""): string[] {
  return Object.entries(map).flatMap(([key, value]) =>
    typeof value === "object" && !Array.isArray(value) && key !== "resources"
      ? leaves(value as Attributes, `${path}${key}.`)
      : [`${path}${key}`],
  );
}
