import { sumOfAddOns } from "../../../../constructs/addons/all";
import { flyteBinaryValues, type FlyteBinaryProps } from "../../../../constructs/flyte/binary/binary-values";
import { minimalProps } from "../props";
import type { Attributes } from "../../../support/synth";

const valuesOf = (props: Partial<FlyteBinaryProps> = {}) =>
  flyteBinaryValues({ ...minimalProps, ...props }) as Attributes;
const values = valuesOf();
const inline = values.configuration.inline;
const k8s = inline.plugins.k8s;

describe("the database", () => {
  test("is reached encrypted, with the password from a file and nowhere else", () => {
    expect(values.configuration.database).toEqual({
      host: "10.20.0.3",
      port: 5432,
      dbname: "flyte",
      username: "flyte",
      passwordPath: "/etc/flyte/db/password",
      options: "sslmode=require",
    });
    expect(JSON.stringify(values)).not.toContain('"password":');
  });

  test("the file is a Secret Manager secret, mounted where Flyte looks for it", () => {
    expect(values.deployment.extraVolumes).toEqual([
      {
        name: "flyte-database-password",
        csi: {
          driver: "secrets-store-gke.csi.k8s.io",
          readOnly: true,
          volumeAttributes: { secretProviderClass: "flyte-database-password" },
        },
      },
    ]);
    expect(values.deployment.extraVolumeMounts).toEqual([
      { name: "flyte-database-password", mountPath: "/etc/flyte/db", readOnly: true },
    ]);
  });

  test("a rotated password makes a new pod", () => {
    expect(values.deployment.podAnnotations).toEqual({ "flyte/database-password-version": "1" });
    expect(valuesOf({ passwordVersion: 2 }).deployment.podAnnotations).toEqual({
      "flyte/database-password-version": "2",
    });
  });

  test("is reached directly: a proxy beside Flyte would start after the container that waits for the database", () => {
    expect(values.deployment.sidecars).toBeUndefined();
    expect(values.configuration.database.host).toBe(minimalProps.database.host);
  });

  test("its six pools fit a small server: Flyte's own default is 100 connections each", () => {
    expect(inline.database).toEqual({ maxOpenConnections: 10, maxIdleConnections: 5 });
    const larger = valuesOf({ database: { ...minimalProps.database, maxOpenConnections: 3 } });
    expect(larger.configuration.inline.database).toEqual({ maxOpenConnections: 3, maxIdleConnections: 3 });
  });
});

describe("storage", () => {
  test("is two buckets, both of which Flyte opens", () => {
    expect(values.configuration.storage).toEqual({
      provider: "gcs",
      metadataContainer: "acme-ml-dev-metadata",
      userDataContainer: "acme-ml-dev-data",
      providerConfig: { gcs: { project: "acme-ml" } },
    });
    expect(inline.storage["enable-multicontainer"]).toBe(true);
  });

  test("links to large data are signed by the backend itself, under the one scheme that Flyte knows for Google", () => {
    expect(inline.remoteData).toEqual({
      scheme: "gcp",
      signedUrls: { enabled: true, durationMinutes: 15, signingPrincipal: minimalProps.serviceAccount },
      maxSizeInBytes: 1_572_864,
    });
  });

  test("the cache is on and downloads may exceed Flyte's 2 MB", () => {
    expect(inline.storage.cache).toEqual({ max_size_mbs: 256, target_gc_percent: 70 });
    expect(inline.storage.limits).toEqual({ maxDownloadMBs: 10 });
  });
});

describe("Flyte's engine outlasts Kueue", () => {
  test("failures back off and retries are many", () => {
    expect(inline.propeller).toMatchObject({
      "max-workflow-retries": 1000,
      queue: {
        type: "batch",
        "batching-interval": "2s",
        "batch-size": -1,
        queue: { type: "maxof", "base-delay": "5s", "max-delay": "60s", rate: 100, capacity: 1000 },
        "sub-queue": { type: "bucket", rate: 100, capacity: 1000 },
      },
    });
  });

  test("a preempted task queues again six times, never off Spot, and without counting as the author's retry", () => {
    expect(inline.propeller["node-config"]).toEqual({
      "max-node-retries-system-failures": 6,
      "interruptible-failure-threshold": 7,
      "default-max-attempts": 1,
      "ignore-retry-cause": false,
    });
  });

  test("a task may wait for ever: no pending timeout", () => {
    expect(k8s["pod-pending-timeout"]).toBe("0s");
  });
});

describe("the pods of tasks", () => {
  test("go to the LocalQueue and start from the PodTemplate `tasks`", () => {
    expect(k8s["default-labels"]).toEqual([{ "kueue.x-k8s.io/queue-name": "tasks" }]);
    expect(k8s["default-pod-template-name"]).toBe("tasks");
  });

  test("the queue is a prop", () => {
    const other = valuesOf({ taskQueue: "general" }).configuration.inline.plugins.k8s;
    expect(other["default-labels"]).toEqual([{ "kueue.x-k8s.io/queue-name": "general" }]);
    expect(other["default-pod-template-name"]).toBe("general");
  });

  test("the queue is not an execution label, which any label of the user would drop", () => {
    expect(inline.flyteadmin).not.toHaveProperty("labels");
  });

  test("are neither extended-duration pods, which never run on Spot, nor free to evict while they run", () => {
    expect(k8s["default-annotations"]).toEqual([]);
  });

  test("interruptible ones name the key that flavors name, and tolerate the taint that only Spot has", () => {
    expect(k8s["interruptible-node-selector"]).toEqual([
      { "cloud.google.com/gke-provisioning": "spot" },
      { "cloud.google.com/gke-spot": "true" },
    ]);
    expect(k8s["interruptible-tolerations"]).toEqual([
      { key: "cloud.google.com/gke-spot", operator: "Equal", value: "true", effect: "NoSchedule" },
    ]);
  });

  test("find GPUs by GKE's labels, not by those of AWS", () => {
    expect(k8s).toMatchObject({
      "gpu-resource-name": "nvidia.com/gpu",
      "gpu-device-node-label": "cloud.google.com/gke-accelerator",
      "gpu-partition-size-node-label": "cloud.google.com/gke-gpu-partition-size",
    });
  });

  test("keep their state when somebody deletes them, and wait for a large image", () => {
    expect(k8s).toMatchObject({ "inject-finalizer": true, "image-pull-backoff-grace-period": "30m" });
  });

  /**
   * Every duration and count of attempts in K8sPluginConfig and FlyteCoPilotConfig of Flyte v1.16.8
   * (flyteplugins/go/tasks/pluginmachinery/flytek8s/config/config.go), and what is decided about it.
   */
  const periods = {
    "create-container-error-grace-period": "30m",
    "create-container-config-error-grace-period": "30m",
    "image-pull-backoff-grace-period": "30m",
    "pod-pending-timeout": "0s",
    "co-pilot.timeout": "10m",
    // Nothing in v1.16.8 reads it.
    "co-pilot.start-timeout": undefined,
    // How soon a changed PodTemplate is seen: 30 seconds.
    "default-pod-template-resync": undefined,
    // Updates of a pod that the API server refuses as out of date: five tries from 10 ms on, then the next round.
    "update-base-backoff-duration": undefined,
    "update-backoff-retries": undefined,
  };
  test.each(Object.entries(periods))("have %s decided: %s", (key, value) => {
    expect(key.split(".").reduce((found, part) => found?.[part], k8s)).toBe(value);
  });

  test("maps whose keys hold dots are lists of one-key maps", () => {
    expect(mapsWithDottedKeys(inline)).toEqual([]);
  });

  test("may ask for as much as the largest GPU node has, or as much as the props say", () => {
    expect(inline.task_resources).toEqual({
      defaults: { cpu: "500m", memory: "1Gi" },
      limits: { cpu: "224", memory: "4096Gi", gpu: "8", ephemeralStorage: "12288Gi" },
    });
    const small = valuesOf({ taskLimits: { cpu: 48, memoryGib: 192, gpu: 4, ephemeralStorageGib: 100 } });
    expect(small.configuration.inline.task_resources.limits).toEqual({
      cpu: "48",
      memory: "192Gi",
      gpu: "4",
      ephemeralStorage: "100Gi",
    });
  });

  test("are made by plugins that are listed whole, under the key that is not merged away", () => {
    expect(values.enabled_plugins.tasks["task-plugins"]).toEqual({
      "enabled-plugins": ["container", "sidecar", "k8s-array", "connector-service", "echo"],
      "default-for-task-types": { container: "container", sidecar: "sidecar", container_array: "k8s-array" },
    });
    expect(inline).not.toHaveProperty("tasks");
  });

  test("are Ray clusters where there is an operator for them, and nowhere reached from outside", () => {
    const { configuration, enabled_plugins: enabled } = valuesOf({ plugins: sumOfAddOns({ ray: {} }).flyte });
    const plugins = enabled.tasks["task-plugins"];
    expect(plugins["enabled-plugins"]).toContain("ray");
    expect(plugins["default-for-task-types"].ray).toBe("ray");
    expect(configuration.inline.plugins.ray).toMatchObject({ serviceType: "ClusterIP" });
    expect(JSON.stringify(values)).not.toContain('"ray"');
  });
});

describe("projects", () => {
  test("are seeded under both keys, so that flytesnacks never appears", () => {
    expect(values["flyte-core-components"].admin).toEqual({
      disableClusterResourceManager: true,
      seedProjects: ["vision", "nlp"],
      seedProjectsWithDetails: [
        { name: "vision", description: "vision" },
        { name: "nlp", description: "nlp" },
      ],
    });
  });

  test("have the domains of the props", () => {
    expect(inline.domains.map(({ id }: { id: string }) => id)).toEqual([
      "development",
      "staging",
      "production",
    ]);
    expect(valuesOf({ domains: ["production"] }).configuration.inline.domains).toEqual([
      { id: "production", name: "production" },
    ]);
  });

  test("each project-domain has a namespace of its own", () => {
    expect(inline).not.toHaveProperty("namespace_mapping");
  });

  test("get no namespace, and Flyte no right from its chart: both are the platform's", () => {
    expect(values).not.toHaveProperty("clusterResourceTemplates");
    expect(values.rbac).toEqual({ create: false });
  });
});

describe("what a human sees", () => {
  test("links to the task's logs and to why it waits; they pass no tpl and are not escaped", () => {
    const links = values.configuration.logging.plugins.custom;
    expect(links.map(({ displayName }: { displayName: string }) => displayName)).toEqual([
      "Cloud Logging",
      "Queue: why it waits",
    ]);
    expect(links[1]).toMatchObject({ showWhilePending: true });
    expect(links[1].templateUris[0]).toContain("{{ .podName }}");
    expect(links[1].templateUris[0]).toContain("?project=acme-ml");
  });

  test("the pod's events", () => {
    expect(k8s["send-object-events"]).toBe(true);
  });

  test("Flyte's own log from info up: the chart's default is fatal", () => {
    expect(values.configuration.logging.level).toBe(4);
  });

  test("not Flyte's configuration: its endpoint prints the database password", () => {
    expect(inline.prof).toEqual({ DisableConfigEndpoint: true });
  });
});

describe("the user's own values", () => {
  test("are merged last", () => {
    const extra = valuesOf({
      extraValues: {
        deployment: { podLabels: { team: "ml" } },
        configuration: { logging: { level: 5 }, inline: { propeller: { workers: 40 } } },
      },
    });
    expect(extra.deployment.podLabels).toEqual({ team: "ml" });
    expect(extra.configuration.logging.level).toBe(5);
    expect(extra.configuration.inline.propeller).toEqual({ ...inline.propeller, workers: 40 });
  });

  test("keep their braces where the chart would read them as its own", () => {
    const extra = valuesOf({
      extraValues: { configuration: { inline: { notifications: { emailer: { subject: "{{ phase }}" } } } } },
    });
    expect(extra.configuration.inline.notifications.emailer.subject).toBe("{{ `{{` }} phase }}");
  });
});

test("there is no null and nothing undefined, which would erase a whole section", () => {
  expect(JSON.stringify(values)).not.toContain("null");
  expect(values).toStrictEqual(JSON.parse(JSON.stringify(values)));
});

/** Paths of the maps that Flyte's loader would tear apart at the dots of their keys. */
function mapsWithDottedKeys(value: unknown, path = "", inList = false): string[] {
  if (Array.isArray(value))
    return value.flatMap((inner, i) => mapsWithDottedKeys(inner, `${path}[${i}]`, true));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key.includes(".") && !inList ? [`${path}.${key}`] : []),
    ...mapsWithDottedKeys(inner, `${path}.${key}`, inList),
  ]);
}

describe("web sites", () => {
  const security = (props: Partial<FlyteBinaryProps> = {}) =>
    valuesOf(props).configuration.inline.server.security;

  test("call Flyte in nobody's browser: Flyte's own default lets every one of them", () => {
    expect(security()).toEqual({ allowCors: false, allowedOrigins: [] });
  });

  test("that are named, do", () => {
    expect(security({ corsOrigins: ["https://notebooks.acme.example"] })).toEqual({
      allowCors: true,
      allowedOrigins: ["https://notebooks.acme.example"],
    });
  });
});

test("Flyte's secrets webhook is off until it is asked for", () => {
  const webhook = (props: Partial<FlyteBinaryProps> = {}) =>
    valuesOf(props)["flyte-core-components"].propeller;
  expect(webhook()).toEqual({ disableWebhook: true });
  expect(webhook({ secretsWebhook: true })).toEqual({ disableWebhook: false });
});
