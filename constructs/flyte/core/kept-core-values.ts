import type { Rule } from "../../rules";
import { encrypted, holds, keeps, type Merge, noNull, noPassword, pinned, taskRules } from "../kept";

const K8S = "configmap.k8s.plugins.k8s";
const ACCESS = "access decides who reaches Flyte";
const SIGN_IN = "access decides who may sign in";
const WEBHOOK = "secretsWebhook says it, and rights and ports follow from that";
const RIGHTS = "Flyte's rights are the platform's; give it more by a Role and a RoleBinding of your own";
const NAMESPACES = "Flyte may make no namespaces; give a project to a team in queues.teams";
const ENDPOINT = "the endpoint prints the database password";
const PARTS = ["flyteadmin", "flytescheduler", "datacatalog", "flytepropeller"];

/** Values that something else stands on, each with what would break. */
const KEPT: Readonly<Record<string, string>> = {
  "common.ingress.enabled": ACCESS,
  "flyteadmin.service.type": ACCESS,
  "flyteconsole.service.type": ACCESS,
  "datacatalog.service.type": ACCESS,
  "common.databaseSecret.name": "the password is there and nowhere else",
  "db.admin.database.passwordPath": "the password is mounted there",
  "db.datacatalog.database.passwordPath": "the password is mounted there",
  "storage.enableMultiContainer": "Flyte would read only one of its two buckets",
  "storage.secretName": "Flyte would read none of these values",
  "flytepropeller.createCRDs": "a CRD of the release goes with it, and takes along every execution",
  "secrets.adminOauthClientCredentials.enabled": SIGN_IN,
  "secrets.adminOauthClientCredentials.secretName": "both secrets of the sign-in are there",
  "configmap.adminServer.server.security.useAuth": SIGN_IN,
  "configmap.adminServer.server.security.allowCors": "corsOrigins says whose scripts may call Flyte",
  "flyteadmin.serviceAccount.rbac": RIGHTS,
  "flytepropeller.serviceAccount.rbacScope": RIGHTS,
  "cluster_resource_manager.enabled": NAMESPACES,
  "webhook.serviceAccount.rbacScope": RIGHTS,
  "webhook.enabled": WEBHOOK,
  "webhook.autoscaling.enabled": WEBHOOK,
  "configmap.adminServer.prof.DisableConfigEndpoint": ENDPOINT,
  "configmap.datacatalogServer.prof.DisableConfigEndpoint": ENDPOINT,
  "configmap.schedulerConfig.prof.DisableConfigEndpoint": ENDPOINT,
  "configmap.core.prof.DisableConfigEndpoint": ENDPOINT,
  "configmap.namespace_config.namespace_mapping.template": "tenants have the namespace <project>-<domain>",
  "configmap.core.propeller.metadata-prefix": "tasks may write below Flyte's own prefix only",
  "configmap.core.propeller.rawoutput-prefix": "tasks may write to that bucket only",
};

/** What the user's values may not change, whatever else they do. */
export const keptCoreRules: readonly Rule<Merge>[] = [
  noNull,
  ...Object.entries(KEPT).map(([path, why]) => keeps(path, why)),
  ...PARTS.map((part) =>
    holds(`${part}.serviceAccount.annotations`, "the part acts at Google as this service account"),
  ),
  holds(`${K8S}.default-labels`, "tasks would run around the quotas"),
  noPassword(
    "db.admin.database.password",
    "db.datacatalog.database.password",
    "secrets.adminOauthClientCredentials.clientSecret",
    "flyteadmin.secrets.oidc_client_secret",
  ),
  encrypted("db.admin.database.options"),
  encrypted("db.datacatalog.database.options"),
  ...[...PARTS, "flyteconsole"].map((part) => pinned(`${part}.image.tag`)),
  ...taskRules({
    k8s: K8S,
    adminLabels: "configmap.adminServer.flyteadmin.labels",
    taskResources: "configmap.task_resource_defaults.task_resources",
  }),
];
