import type { Rule } from "../../rules";
import {
  encrypted,
  holds,
  keeps,
  keepsIfSet,
  type Merge,
  noNull,
  noPassword,
  pinned,
  taskRules,
} from "../kept";

const K8S = "configuration.inline.plugins.k8s";

const RIGHTS = "Flyte's rights are the platform's; give it more by a Role and a RoleBinding of your own";

/** Values that something else stands on, each with what would break. */
const KEPT: Readonly<Record<string, string>> = {
  fullnameOverride: "the names of the Services are made from it",
  "serviceAccount.name": "the identity is bound to that name",
  "service.type": "access decides who reaches Flyte",
  "ingress.create": "access decides who reaches Flyte",
  "ingress.separateGrpcIngress": "the chart moves ports between its Services with it",
  "configuration.database.passwordPath": "the password is mounted there and exists nowhere else",
  "configuration.inline.database.postgres.passwordPath": "configuration.database says it",
  "configuration.inline.database.postgres.options": "configuration.database says it",
  "configuration.inline.namespace_mapping.template": "tenants have the namespace <project>-<domain>",
  "configuration.externalConfigMap": "Flyte would read none of these values",
  "configuration.externalSecretRef": "Flyte would read none of these values",
  "configuration.inline.storage.enable-multicontainer": "Flyte would read only one of its two buckets",
  "configuration.inline.server.security.allowCors": "corsOrigins says whose scripts may call Flyte",
  "flyte-core-components.propeller.disableWebhook":
    "secretsWebhook says it, and rights and ports follow from that",
  "rbac.create": RIGHTS,
  "rbac.extraRules": RIGHTS,
  "flyte-core-components.admin.disableClusterResourceManager":
    "Flyte may make no namespaces; give a project to a team in queues.teams",
  "configuration.inline.propeller.metadata-prefix": "tasks may write below Flyte's own prefix only",
  "configuration.inline.prof.DisableConfigEndpoint": "the endpoint prints the database password",
};

/** Values that access asks for in some modes. Where it asks for none, the user may set up one of their own here. */
const KEPT_IF_SET: Readonly<Record<string, string>> = {
  "configuration.auth.enabled": "access decides who may sign in",
  "configuration.auth.clientSecretsExternalSecretRef": "both secrets of the sign-in are there",
  "configuration.inlineSecretRef": "the hash of Flyte's own client is there",
  "service.loadBalancerIP": "the name of access is that of this address",
};

/** Maps that may grow but not lose an entry, each with what would break. */
const HELD: Readonly<Record<string, string>> = {
  "serviceAccount.annotations": "Flyte reads its password and signs links as this service account",
  "service.commonAnnotations": "access decides who reaches Flyte",
  [`${K8S}.default-labels`]: "tasks would run around the quotas",
};

/** What the user's values may not change, whatever else they do. */
export const keptValuesRules: readonly Rule<Merge>[] = [
  noNull,
  ...Object.entries(KEPT).map(([path, why]) => keeps(path, why)),
  ...Object.entries(KEPT_IF_SET).map(([path, why]) => keepsIfSet(path, why)),
  ...Object.entries(HELD).map(([path, why]) => holds(path, why)),
  noPassword(
    "configuration.database.password",
    "configuration.inline.database.password",
    "configuration.inline.database.postgres.password",
    "configuration.auth.internal.clientSecret",
    "configuration.auth.internal.clientSecretHash",
    "configuration.auth.oidc.clientSecret",
  ),
  encrypted("configuration.database.options"),
  pinned("deployment.image.tag"),
  ...taskRules({
    k8s: K8S,
    adminLabels: "configuration.inline.flyteadmin.labels",
    taskResources: "configuration.inline.task_resources",
  }),
];
