import { platformValues } from "../../../../constructs/flyte/binary/binary-values";
import { keptValuesRules } from "../../../../constructs/flyte/binary/kept-values";
import { mergeValues } from "../../../../constructs/flyte/values";
import { minimalProps, publicAccess } from "../props";

const platform = platformValues(minimalProps);

function problems(extraValues: object): string[] {
  const merged = mergeValues(platform, extraValues);
  return keptValuesRules.map((rule) => rule({ platform, merged })).filter((problem) => problem !== undefined);
}

const inline = (config: object) => ({ configuration: { inline: config } });
const k8s = (config: object) => inline({ plugins: { k8s: config } });

describe("the user's values may", () => {
  test.each<[string, object]>([
    ["be none", {}],
    ["tune the engine", inline({ propeller: { workers: 40, "max-workflow-retries": 2000 } })],
    ["lower the limits of a task", inline({ task_resources: { limits: { cpu: "8", gpu: "1" } } })],
    [
      "add a default label",
      k8s({ "default-labels": [{ "kueue.x-k8s.io/queue-name": "tasks" }, { team: "ml" }] }),
    ],
    [
      "write the default labels as a map",
      k8s({ "default-labels": { "kueue.x-k8s.io/queue-name": "tasks", team: "ml" } }),
    ],
    ["add a default annotation", k8s({ "default-annotations": [{ team: "ml" }] })],
    ["say that the pending timeout is off", k8s({ "pod-pending-timeout": "0s" })],
    ["pin Flyte's image by digest", { deployment: { image: { tag: `v1.16.8@sha256:${"0".repeat(64)}` } } }],
    ["check the server's certificate", { configuration: { database: { options: "sslmode=verify-ca" } } }],
    ["leave the password empty", { configuration: { database: { password: "" } } }],
    ["name no external ConfigMap", { configuration: { externalConfigMap: "" } }],
    ["add an annotation to the service account", { serviceAccount: { annotations: { owner: "ml" } } }],
    [
      "set up a sign-in of its own, where access asks for none",
      { configuration: { auth: { enabled: true, clientSecretsExternalSecretRef: "mine" } } },
    ],
    ["set the pool's lifetime", inline({ database: { connMaxLifeTime: "10m" } })],
  ])("%s", (_, extraValues) => {
    expect(problems(extraValues)).toEqual([]);
  });
});

describe("the user's values may not", () => {
  test.each<[string, object, string]>([
    [
      "take the queue from tasks",
      k8s({ "default-labels": [{ team: "ml" }] }),
      'extraValues.configuration.inline.plugins.k8s.default-labels must keep "kueue.x-k8s.io/queue-name": "tasks", got nothing; tasks would run around the quotas',
    ],
    [
      "send tasks to another queue",
      k8s({ "default-labels": { "kueue.x-k8s.io/queue-name": "mine" } }),
      'extraValues.configuration.inline.plugins.k8s.default-labels must keep "kueue.x-k8s.io/queue-name": "tasks", got "mine"; tasks would run around the quotas',
    ],
    [
      "end tasks that wait",
      k8s({ "pod-pending-timeout": "10m" }),
      'extraValues.configuration.inline.plugins.k8s.pod-pending-timeout must be left out, got "10m"; it would end tasks that wait in a queue',
    ],
    [
      "make tasks extended-duration pods",
      k8s({ "default-annotations": [{ "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" }] }),
      'extraValues.configuration.inline.plugins.k8s.default-annotations must not set "cluster-autoscaler.kubernetes.io/safe-to-evict" to "false"; no task could run on Spot',
    ],
    [
      "leave that to Flyte's default",
      k8s({ "default-annotations": {} }),
      'extraValues.configuration.inline.plugins.k8s.default-annotations must not set "cluster-autoscaler.kubernetes.io/safe-to-evict" to "false", as Flyte does when they are an empty map; no task could run on Spot',
    ],
    [
      "move the password's file",
      { configuration: { database: { passwordPath: "/tmp/pw" } } },
      'extraValues.configuration.database.passwordPath must stay "/etc/flyte/db/password", got "/tmp/pw"; the password is mounted there and exists nowhere else',
    ],
    [
      "hold a password",
      { configuration: { database: { password: "hunter2" } } },
      "extraValues.configuration.database.password must be left out, got a password; it would stand in the release and in Terraform's state",
    ],
    [
      "hold a password inline",
      inline({ database: { postgres: { password: "hunter2" } } }),
      "extraValues.configuration.inline.database.postgres.password must be left out, got a password; it would stand in the release and in Terraform's state",
    ],
    [
      "talk to the database unencrypted",
      { configuration: { database: { options: "sslmode=disable" } } },
      'extraValues.configuration.database.options must hold sslmode=require, verify-ca or verify-full, got "sslmode=disable"',
    ],
    [
      "close the second bucket",
      inline({ storage: { "enable-multicontainer": false } }),
      "extraValues.configuration.inline.storage.enable-multicontainer must stay true, got false; Flyte would read only one of its two buckets",
    ],
    [
      "open the endpoint that prints the password",
      inline({ prof: { DisableConfigEndpoint: false } }),
      "extraValues.configuration.inline.prof.DisableConfigEndpoint must stay true, got false; the endpoint prints the database password",
    ],
    [
      "let every web site call Flyte",
      inline({ server: { security: { allowCors: true, allowedOrigins: ["*"] } } }),
      "extraValues.configuration.inline.server.security.allowCors must stay false, got true; corsOrigins says whose scripts may call Flyte",
    ],
    [
      "start the secrets webhook on the side",
      { "flyte-core-components": { propeller: { disableWebhook: false } } },
      "extraValues.flyte-core-components.propeller.disableWebhook must stay true, got false; secretsWebhook says it, and rights and ports follow from that",
    ],
    [
      "install another Flyte",
      { deployment: { image: { tag: "v2.0.42" } } },
      'extraValues.deployment.image.tag must be "v1.16.8", with a digest or without, got "v2.0.42"; Flyte is upgraded with its chart',
    ],
    [
      "make namespaces",
      { "flyte-core-components": { admin: { disableClusterResourceManager: false } } },
      "extraValues.flyte-core-components.admin.disableClusterResourceManager must stay true, got false; Flyte may make no namespaces; give a project to a team in queues.teams",
    ],
    [
      "bring the chart's rights back",
      { rbac: { create: true } },
      "extraValues.rbac.create must stay false, got true; Flyte's rights are the platform's; give it more by a Role and a RoleBinding of your own",
    ],
    [
      "add rights that no Role would hold",
      { rbac: { extraRules: [{ apiGroups: ["*"] }] } },
      'extraValues.rbac.extraRules must be left out, got [{"apiGroups":["*"]}]; Flyte\'s rights are the platform\'s; give it more by a Role and a RoleBinding of your own',
    ],
    [
      "hold the OIDC client's secret",
      { configuration: { auth: { oidc: { clientSecret: "hunter2" } } } },
      "extraValues.configuration.auth.oidc.clientSecret must be left out, got a password; it would stand in the release and in Terraform's state",
    ],
    [
      "open Flyte to the internet",
      { service: { type: "LoadBalancer" } },
      'extraValues.service.type must stay "ClusterIP", got "LoadBalancer"; access decides who reaches Flyte',
    ],
    [
      "make an Ingress",
      { ingress: { create: true } },
      "extraValues.ingress.create must stay false, got true; access decides who reaches Flyte",
    ],
    [
      "drop the gRPC Service",
      { ingress: { separateGrpcIngress: false } },
      "extraValues.ingress.separateGrpcIngress must stay true, got false; the chart moves ports between its Services with it",
    ],
    [
      "rename what the identity is bound to",
      { serviceAccount: { name: "default" } },
      'extraValues.serviceAccount.name must stay "flyte-binary", got "default"; the identity is bound to that name',
    ],
    [
      "act as somebody else",
      {
        serviceAccount: { annotations: { "iam.gke.io/gcp-service-account": "x@y.iam.gserviceaccount.com" } },
      },
      'extraValues.serviceAccount.annotations must keep "iam.gke.io/gcp-service-account": "flyte-dev-flyte@acme-ml.iam.gserviceaccount.com", got "x@y.iam.gserviceaccount.com"; Flyte reads its password and signs links as this service account',
    ],
    [
      "replace the whole configuration",
      { configuration: { externalConfigMap: "mine" } },
      'extraValues.configuration.externalConfigMap must be left out, got "mine"; Flyte would read none of these values',
    ],
    [
      "talk to the database unencrypted, inline",
      inline({ database: { postgres: { options: "sslmode=disable" } } }),
      'extraValues.configuration.inline.database.postgres.options must be left out, got "sslmode=disable"; configuration.database says it',
    ],
    [
      "put all projects into one namespace",
      inline({ namespace_mapping: { template: "{{ domain }}" } }),
      'extraValues.configuration.inline.namespace_mapping.template must be left out, got "{{ domain }}"; tenants have the namespace <project>-<domain>',
    ],
    [
      "make the queue an execution label",
      inline({ flyteadmin: { labels: [{ "kueue.x-k8s.io/queue-name": "tasks" }] } }),
      'extraValues.configuration.inline.flyteadmin.labels must not hold "kueue.x-k8s.io/queue-name"; it would beat the queue of a task, and any label of an execution drops it',
    ],
    [
      "name a resource that Flyte does not know",
      inline({ task_resources: { limits: { storage: "2Ti" } } }),
      'extraValues.configuration.inline.task_resources must name cpu, memory, gpu, ephemeralStorage, got "storage"; Flyte ignores it silently',
    ],
    [
      "hold a null",
      inline({ plugins: { k8s: { "scheduler-name": null } } }),
      "extraValues.configuration.inline.plugins.k8s.scheduler-name must be a value, got null; Flyte would set its whole section to zero",
    ],
  ])("%s", (_, extraValues, message) => {
    expect(problems(extraValues)).toEqual([message]);
  });

  test("public access keeps its sign-in", () => {
    const open = platformValues({ ...minimalProps, access: publicAccess });
    const merged = mergeValues(open, {
      configuration: { auth: { enabled: false }, inlineSecretRef: "mine" },
    });
    const found = keptValuesRules.map((rule) => rule({ platform: open, merged })).filter(Boolean);
    expect(found).toEqual([
      "extraValues.configuration.auth.enabled must stay true, got false; access decides who may sign in",
      'extraValues.configuration.inlineSecretRef must stay "flyte-secret-auth", got "mine"; the hash of Flyte\'s own client is there',
    ]);
  });

  test("an internal load balancer keeps what makes it internal", () => {
    const internal = platformValues({ ...minimalProps, access: { mode: "internal" } });
    const merged = mergeValues(internal, {
      service: { commonAnnotations: { "networking.gke.io/load-balancer-type": "External" } },
    });
    const found = keptValuesRules.map((rule) => rule({ platform: internal, merged })).filter(Boolean);
    expect(found).toEqual([
      'extraValues.service.commonAnnotations must keep "networking.gke.io/load-balancer-type": "Internal", got "External"; access decides who reaches Flyte',
    ]);
  });
});
