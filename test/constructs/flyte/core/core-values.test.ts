import { sumOfAddOns } from "../../../../constructs/addons/all";
import {
  corePlatformValues,
  type FlyteCoreProps,
  flyteCoreValues,
} from "../../../../constructs/flyte/core/core-values";
import { propellerConfig } from "../../../../constructs/flyte/config/propeller";
import { taskPodConfig } from "../../../../constructs/flyte/config/task-pods";
import { coreProps, publicAccess } from "../props";
import type { Attributes } from "../../../support/synth";

const valuesOf = (changes: Partial<FlyteCoreProps> = {}) =>
  flyteCoreValues({ ...coreProps, ...changes }) as Attributes;
const values = valuesOf();
const PARTS = ["flyteadmin", "flytescheduler", "datacatalog", "flytepropeller", "flyteconsole", "webhook"];

describe("the pods", () => {
  test("ask for what they may use, ephemeral storage included", () => {
    for (const part of PARTS) {
      const { requests, limits } = values[part].resources;
      expect(requests).toEqual(limits);
      expect(Object.keys(requests).sort()).toEqual(["cpu", "ephemeral-storage", "memory"]);
    }
  });

  test("run twice where they can, in different zones rather than on different nodes", () => {
    for (const part of ["flyteadmin", "flytepropeller", "datacatalog", "flyteconsole"]) {
      expect(values[part].replicaCount).toBe(2);
      const [term] = values[part].affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
      expect(term.podAffinityTerm).toEqual({
        topologyKey: "topology.kubernetes.io/zone",
        labelSelector: { matchLabels: { "app.kubernetes.io/name": part } },
      });
    }
    expect(values.configmap.core.propeller["leader-election"]).toEqual({
      "lock-config-map": { namespace: "flyte" },
    });
  });

  test("have no secrets webhook among them, unless it is asked for: then two, and more under load", () => {
    expect(values.webhook).toMatchObject({ enabled: false, autoscaling: { enabled: false } });
    expect(valuesOf({ secretsWebhook: true }).webhook).toMatchObject({
      enabled: true,
      autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 4 },
    });
  });

  test("have no SELinux type that Pod Security refuses", () => {
    for (const part of ["flyteadmin", "flytescheduler", "datacatalog", "flyteconsole", "webhook"])
      expect(values[part].securityContext.seLinuxOptions).toBeNull();
    expect(JSON.stringify(values).match(/null/g)).toHaveLength(5);
  });

  test("run as somebody, with the runtime's default seccomp profile", () => {
    for (const part of PARTS)
      expect(values[part].securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
  });

  test("act as four different service accounts", () => {
    const emails = ["flyteadmin", "flytescheduler", "datacatalog", "flytepropeller"].map(
      (part) => values[part].serviceAccount.annotations["iam.gke.io/gcp-service-account"],
    );
    expect(emails).toEqual([
      coreProps.serviceAccounts.admin,
      coreProps.serviceAccounts.scheduler,
      coreProps.serviceAccounts.datacatalog,
      coreProps.serviceAccounts.propeller,
    ]);
    expect(new Set(emails).size).toBe(4);
  });

  test("are made anew by another password", () => {
    for (const part of ["flyteadmin", "flytescheduler", "datacatalog"])
      expect(valuesOf({ passwordVersion: 7 })[part].podAnnotations).toEqual({
        "flyte/database-password-version": "7",
      });
  });

  test("pull every image through the mirror, held to a digest where there is one", () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const mirrored = valuesOf({
      mirrors: { "ghcr.io": "m/ghcr" },
      digests: { "ghcr.io/flyteorg/flyteadmin-release:v1.16.8": digest },
    });
    const images = ["flyteadmin", "flytescheduler", "datacatalog", "flytepropeller", "flyteconsole"].map(
      (part) => mirrored[part].image.repository,
    );
    for (const image of images) expect(image).toMatch(/^m\/ghcr\/flyteorg\/[a-z]+-release$/);
    expect(mirrored.flyteadmin.image.tag).toBe(`v1.16.8@${digest}`);
    expect(mirrored.configmap.copilot.plugins.k8s["co-pilot"].image).toBe(
      "m/ghcr/flyteorg/flytecopilot-release:v1.16.8",
    );
  });
});

describe("what both topologies share", () => {
  const { configmap } = values;

  test("tasks are built the same way", () => {
    expect(configmap.k8s.plugins.k8s).toEqual(taskPodConfig("tasks"));
    const ray = valuesOf({ plugins: sumOfAddOns({ ray: {} }).flyte }).configmap;
    expect(ray.enabled_plugins.tasks["task-plugins"]["enabled-plugins"]).toContain("ray");
    expect(ray.k8s.plugins.ray).toMatchObject({ serviceType: "ClusterIP" });
    // The chart passes it through `tpl`, and Flyte reads its own variables.
    expect(ray.k8s.plugins.ray.logs.templates[0].templateUris[0]).toContain("{{ `{{` }} .generatedName }}");
  });

  test("the engine outlasts Kueue's absence", () => {
    expect(configmap.core.propeller).toMatchObject(propellerConfig());
  });

  test("pods have the same time to start as in topology binary, and the helper container its pinned image", () => {
    expect(configmap.k8s.plugins.k8s).toEqual(taskPodConfig("tasks"));
    expect(configmap.copilot.plugins.k8s["co-pilot"].image).toMatch(/flytecopilot-release:v1/);
  });

  test("new projects get no namespace, and the chart grants its parts nothing: their rights are the platform's", () => {
    expect(values.cluster_resource_manager).toEqual({ enabled: false });
    expect(configmap.namespace_config.namespace_mapping.template).toBe("{{ project }}-{{ domain }}");
    expect(values.flyteadmin.serviceAccount.rbac).toBe(false);
    for (const part of ["flytepropeller", "webhook"])
      expect(values[part].serviceAccount).toMatchObject({ rbacScope: "namespace", rbacRules: [] });
  });

  test("both buckets are Google's and both are opened", () => {
    expect(values.storage).toEqual({
      type: "gcs",
      bucketName: "acme-ml-dev-metadata",
      gcs: { projectId: "acme-ml" },
      enableMultiContainer: true,
      limits: { maxDownloadMBs: 10 },
      cache: { maxSizeMBs: 256, targetGCPercent: 70 },
    });
    expect(configmap.core.propeller["rawoutput-prefix"]).toBe("gs://acme-ml-dev-data/data");
  });

  test("API and catalog share one database, encrypted, with the password from a file", () => {
    const { admin, datacatalog } = values.db;
    expect(admin).toEqual(datacatalog);
    expect(admin.database).toEqual({
      host: "10.20.0.3",
      port: 5432,
      dbname: "flyte",
      username: "flyte",
      passwordPath: "/etc/db/pass.txt",
      options: "sslmode=require",
      maxOpenConnections: 10,
      maxIdleConnections: 5,
    });
    expect(values.common.databaseSecret).toEqual({ name: "flyte-database" });
  });

  test("no part prints its configuration", () => {
    const off = { DisableConfigEndpoint: true };
    for (const part of ["adminServer", "datacatalogServer", "schedulerConfig", "core"])
      expect(configmap[part].prof).toEqual(off);
  });

  test("the CRD of workflows belongs to no release: with it every running execution would go", () => {
    expect(values.flytepropeller.createCRDs).toBe(false);
    expect(configmap.core.propeller["create-flyteworkflow-crd"]).toBe(true);
  });

  test("links keep their braces where the chart would read them as its own", () => {
    const text = JSON.stringify(configmap.task_logs);
    expect(text).toContain("{{ `{{` }} .podName }}");
    expect(text.replaceAll("{{ `{{` }}", "")).not.toContain("{{");
  });
});

describe("access", () => {
  test("by port-forward: nobody signs in, and nobody has the chart's well-known secret", () => {
    expect(values.secrets.adminOauthClientCredentials).toEqual({ enabled: false, clientSecret: "" });
    expect(values.configmap.adminServer.server.security).toEqual({
      useAuth: false,
      allowCors: true,
      allowedOrigins: ["http://localhost:8080"],
    });
    expect(values.configmap.console).toEqual({ ADMIN_API_URL: "http://localhost:8088" });
  });

  test("never by an Ingress or a NodePort", () => {
    for (const found of [values, valuesOf({ access: publicAccess })]) {
      expect(found.common.ingress).toEqual({ enabled: false });
      expect(found.datacatalog.service).toEqual({ type: "ClusterIP" });
    }
  });
});

describe("sign-in", () => {
  const open = valuesOf({ access: publicAccess });
  const { auth, server } = open.configmap.adminServer;

  test("is on, for the public name and for the parts themselves", () => {
    expect(server.security).toEqual({ useAuth: true, allowCors: false, allowedOrigins: [] });
    expect(auth.authorizedUris).toEqual([
      "https://flyte.acme.example",
      "http://flyteadmin:80",
      "http://flyteadmin.flyte.svc.cluster.local:80",
    ]);
    expect(auth.userAuth.openId).toEqual({
      baseUrl: "https://accounts.google.com",
      clientId: "flyte",
      clientSecretFile: "/etc/flyte/sign-in/oidc_client_secret",
    });
  });

  test("has its secrets from a Secret of ours: the chart makes none", () => {
    expect(open.secrets.adminOauthClientCredentials).toEqual({
      enabled: true,
      clientId: "flytepropeller",
      clientSecret: "",
      secretName: "flyte-secret-auth",
    });
    expect(open.flyteadmin.additionalVolumes).toEqual([
      { name: "sign-in", secret: { secretName: "flyte-secret-auth" } },
    ]);
  });

  test("names every client anew: Flyte's built-in ones have secrets that stand in its source", () => {
    const clients = auth.appAuth.selfAuthServer.staticClients;
    expect(Object.keys(clients).sort()).toEqual(["flyte-cli", "flytectl", "flytepropeller"]);
    expect(JSON.stringify(clients)).not.toContain("client_secret");
    expect([clients["flyte-cli"].public, clients.flytectl.public]).toEqual([true, true]);
  });

  test("reads the engine's hash from the Secret's own folder, beside the configuration", () => {
    expect(open.flyteadmin.configPath).toBe("/etc/flyte/*/*.yaml");
    expect(open.flyteadmin.additionalVolumeMounts).toEqual([
      { name: "sign-in", mountPath: "/etc/flyte/sign-in", readOnly: true },
    ]);
  });

  test("needs no public address for the parts to get their token", () => {
    expect(open.configmap.admin.admin).toMatchObject({ tokenUrl: "http://flyteadmin:80/oauth2/token" });
  });

  test("is renewed by the next version of the secret", () => {
    for (const part of ["flyteadmin", "flytescheduler", "flytepropeller"])
      expect(open[part].podAnnotations["flyte/sign-in-version"]).toBe("1");
  });
});

test("the user's own values are merged last", () => {
  const extra = valuesOf({
    extraValues: { flyteadmin: { replicaCount: 3, securityContext: { runAsUser: 7 } } },
  });
  expect(extra.flyteadmin.replicaCount).toBe(3);
  expect(extra.flyteadmin.securityContext).toEqual({
    runAsNonRoot: true,
    runAsUser: 7,
    seccompProfile: { type: "RuntimeDefault" },
    seLinuxOptions: null,
  });
  expect(corePlatformValues(coreProps)["flyteadmin"]).not.toEqual(extra.flyteadmin);
});

test("web sites that are named call the API beside the forwarded console, and no others", () => {
  const security = (props: Partial<FlyteCoreProps> = {}) =>
    valuesOf(props).configmap.adminServer.server.security;
  const corsOrigins = ["https://notebooks.acme.example"];
  expect(security({ corsOrigins }).allowedOrigins).toEqual(["http://localhost:8080", ...corsOrigins]);
  expect(security({ corsOrigins, access: publicAccess }).allowedOrigins).toEqual(corsOrigins);
  expect(security({ access: publicAccess })).toMatchObject({ allowCors: false, allowedOrigins: [] });
});
