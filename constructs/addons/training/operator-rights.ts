import type { Manifest } from "../../kubernetes/manifest";
import { type JobKind, TRAINING_GROUP } from "./job-kinds";

/** What all the operator's objects are called: its webhook looks for a Service of that name. */
export const OPERATOR = "training-operator";

/** What the operator may do in a namespace of tasks: bound there, and nowhere else. */
const TASKS_ROLE = `${OPERATOR}-tasks`;

const RBAC = "rbac.authorization.k8s.io";
const subjects = (namespace: string) => [{ kind: "ServiceAccount", name: OPERATOR, namespace }];

/**
 * The operator's rights, narrower than upstream's: it sees pods everywhere, as its informers ask, and makes them only
 * where tasks are; it reads secrets in its own namespace alone; roles, service accounts and `exec` were for MPI.
 */
export function operatorRights(namespace: string, kinds: readonly JobKind[], webhooks: string): Manifest[] {
  const plurals = kinds.map(({ plural }) => plural);
  const of = (subresource: string) => plurals.map((plural) => `${plural}/${subresource}`);
  const jobs = { apiGroups: [TRAINING_GROUP] };
  const core = { apiGroups: [""] };
  const hooks = {
    apiGroups: ["admissionregistration.k8s.io"],
    resources: ["validatingwebhookconfigurations"],
  };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: OPERATOR, namespace } },
    clusterRole(OPERATOR, [
      { ...jobs, resources: plurals, verbs: ["delete", "get", "list", "patch", "update", "watch"] },
      { ...jobs, resources: of("status"), verbs: ["get", "patch", "update"] },
      { ...jobs, resources: of("finalizers"), verbs: ["update"] },
      { ...core, resources: ["pods", "services"], verbs: ["get", "list", "watch"] },
      { ...hooks, verbs: ["list", "watch"] },
      { ...hooks, resourceNames: [webhooks], verbs: ["get", "update"] },
    ]),
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: OPERATOR },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: OPERATOR },
      subjects: subjects(namespace),
    },
    clusterRole(TASKS_ROLE, [
      { ...core, resources: ["pods", "services"], verbs: ["create", "delete", "patch", "update"] },
      { ...core, resources: ["events"], verbs: ["create", "patch"] },
    ]),
    {
      apiVersion: `${RBAC}/v1`,
      kind: "Role",
      metadata: { name: OPERATOR, namespace },
      rules: [{ ...core, resources: ["secrets"], verbs: ["get", "list", "update", "watch"] }],
    },
    binding(namespace, namespace, { kind: "Role", name: OPERATOR }),
  ];
}

/** Lets the operator work in a namespace of tasks. */
export function operatorInTenant(tenant: string, namespace: string): Manifest {
  return binding(tenant, namespace, { kind: "ClusterRole", name: TASKS_ROLE });
}

function clusterRole(name: string, rules: readonly object[]): Manifest {
  return { apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name }, rules };
}

function binding(
  where: string,
  namespace: string,
  role: { readonly kind: string; readonly name: string },
): Manifest {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata: { name: OPERATOR, namespace: where },
    roleRef: { apiGroup: RBAC, ...role },
    subjects: subjects(namespace),
  };
}
