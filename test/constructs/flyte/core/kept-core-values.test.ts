import { corePlatformValues } from "../../../../constructs/flyte/core/core-values";
import { keptCoreRules } from "../../../../constructs/flyte/core/kept-core-values";
import { mergeValues } from "../../../../constructs/flyte/values";
import { coreProps } from "../props";

const platform = corePlatformValues(coreProps);

function problems(extraValues: object): string[] {
  const merged = mergeValues(platform, extraValues);
  return keptCoreRules.map((rule) => rule({ platform, merged })).filter((problem) => problem !== undefined);
}

describe("the user's values may", () => {
  test.each<[string, object]>([
    ["be none", {}],
    ["size a part", { flyteadmin: { replicaCount: 3, resources: { limits: { cpu: "2" } } } }],
    ["tune the engine", { configmap: { core: { propeller: { workers: 40 } } } }],
    ["pin an image by digest", { flyteadmin: { image: { tag: `v1.16.8@sha256:${"0".repeat(64)}` } } }],
  ])("%s", (_, extraValues) => {
    expect(problems(extraValues)).toEqual([]);
  });
});

describe("the user's values may not", () => {
  test.each<[string, object, string]>([
    [
      "open Flyte by an Ingress",
      { common: { ingress: { enabled: true } } },
      "extraValues.common.ingress.enabled must stay false, got true; access decides who reaches Flyte",
    ],
    [
      "open Flyte by a load balancer",
      { flyteadmin: { service: { type: "LoadBalancer" } } },
      'extraValues.flyteadmin.service.type must be left out, got "LoadBalancer"; access decides who reaches Flyte',
    ],
    [
      "bring the well-known client back",
      { secrets: { adminOauthClientCredentials: { enabled: true } } },
      "extraValues.secrets.adminOauthClientCredentials.enabled must stay false, got true; access decides who may sign in",
    ],
    [
      "hold the OIDC client's secret",
      { flyteadmin: { secrets: { oidc_client_secret: "hunter2" } } },
      "extraValues.flyteadmin.secrets.oidc_client_secret must be left out, got a password; it would stand in the release and in Terraform's state",
    ],
    [
      "hold the database password",
      { db: { admin: { database: { password: "hunter2" } } } },
      "extraValues.db.admin.database.password must be left out, got a password; it would stand in the release and in Terraform's state",
    ],
    [
      "talk to the database unencrypted",
      { db: { datacatalog: { database: { options: "sslmode=disable" } } } },
      'extraValues.db.datacatalog.database.options must hold sslmode=require, verify-ca or verify-full, got "sslmode=disable"',
    ],
    [
      "give the CRD to the release",
      { flytepropeller: { createCRDs: true } },
      "extraValues.flytepropeller.createCRDs must stay false, got true; a CRD of the release goes with it, and takes along every execution",
    ],
    [
      "put all projects into one namespace",
      { configmap: { namespace_config: { namespace_mapping: { template: "{{ domain }}" } } } },
      'extraValues.configmap.namespace_config.namespace_mapping.template must stay "{{ project }}-{{ domain }}", got "{{ domain }}"; tenants have the namespace <project>-<domain>',
    ],
    [
      "take the queue from tasks",
      { configmap: { k8s: { plugins: { k8s: { "default-labels": [] } } } } },
      'extraValues.configmap.k8s.plugins.k8s.default-labels must keep "kueue.x-k8s.io/queue-name": "tasks", got nothing; tasks would run around the quotas',
    ],
    [
      "end tasks that wait",
      { configmap: { k8s: { plugins: { k8s: { "pod-pending-timeout": "10m" } } } } },
      'extraValues.configmap.k8s.plugins.k8s.pod-pending-timeout must be left out, got "10m"; it would end tasks that wait in a queue',
    ],
    [
      "make namespaces",
      { cluster_resource_manager: { enabled: true } },
      "extraValues.cluster_resource_manager.enabled must stay false, got true; Flyte may make no namespaces; give a project to a team in queues.teams",
    ],
    [
      "give the API the chart's rights",
      { flyteadmin: { serviceAccount: { rbac: true } } },
      "extraValues.flyteadmin.serviceAccount.rbac must stay false, got true; Flyte's rights are the platform's; give it more by a Role and a RoleBinding of your own",
    ],
    [
      "give the engine the chart's rights",
      { flytepropeller: { serviceAccount: { rbacScope: "cluster" } } },
      'extraValues.flytepropeller.serviceAccount.rbacScope must stay "namespace", got "cluster"; Flyte\'s rights are the platform\'s; give it more by a Role and a RoleBinding of your own',
    ],
    [
      "install another Flyte",
      { datacatalog: { image: { tag: "v1.15.0" } } },
      'extraValues.datacatalog.image.tag must be "v1.16.8", with a digest or without, got "v1.15.0"; Flyte is upgraded with its chart',
    ],
    [
      "act as somebody else",
      { flytepropeller: { serviceAccount: { annotations: { "iam.gke.io/gcp-service-account": "x@y" } } } },
      'extraValues.flytepropeller.serviceAccount.annotations must keep "iam.gke.io/gcp-service-account": "flyte-dev-propeller@acme-ml.iam.gserviceaccount.com", got "x@y"; the part acts at Google as this service account',
    ],
    [
      "open the endpoint that prints the password",
      { configmap: { core: { prof: { DisableConfigEndpoint: false } } } },
      "extraValues.configmap.core.prof.DisableConfigEndpoint must stay true, got false; the endpoint prints the database password",
    ],
  ])("%s", (_, extraValues, message) => {
    expect(problems(extraValues)).toEqual([message]);
  });
});
