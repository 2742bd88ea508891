import type { Manifest } from "../../kubernetes/manifest";
import { CONTROLLER, DRIVER_ACCOUNT, SPARK_APPLICATIONS, SPARK_GROUP } from "./names";

/** What the operator may do in a namespace of tasks: bound there, and nowhere else. */
const TASKS_ROLE = `${CONTROLLER}-tasks`;
/** What drivers may. */
const DRIVER_ROLE = "spark-driver";

const RBAC = "rbac.authorization.k8s.io";
const look = ["get", "list", "watch"];
const core = { apiGroups: [""] };
const spark = { apiGroups: [SPARK_GROUP] };
const every = [SPARK_APPLICATIONS, "scheduledsparkapplications", "sparkconnects"];

/**
 * The controller's rights, narrower than the chart's: it sees its kinds, pods and what belongs to them everywhere, as its
 * informers ask, and makes pods only where tasks are. It runs `spark-submit` on what tenants write.
 */
export function operatorRights(namespace: string): Manifest[] {
  const lock = { apiGroups: ["coordination.k8s.io"], resources: ["leases"] };
  return [
    role("ClusterRole", CONTROLLER, undefined, [
      { ...spark, resources: every, verbs: look },
      { ...core, resources: ["configmaps", "pods", "services"], verbs: look },
      {
        apiGroups: ["apiextensions.k8s.io"],
        resources: ["customresourcedefinitions"],
        verbs: ["get"],
      },
    ]),
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: CONTROLLER },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: CONTROLLER },
      subjects: [account(CONTROLLER, namespace)],
    },
    role("Role", CONTROLLER, namespace, [
      { ...lock, verbs: ["create"] },
      { ...lock, resourceNames: [`${CONTROLLER}-lock`], verbs: ["get", "update"] },
      { ...core, resources: ["events"], verbs: ["create", "patch", "update"] },
    ]),
    binding(CONTROLLER, namespace, { kind: "Role", name: CONTROLLER }, account(CONTROLLER, namespace)),
    role("ClusterRole", TASKS_ROLE, undefined, [
      { ...spark, resources: [SPARK_APPLICATIONS], verbs: ["create", "delete", "update"] },
      { ...spark, resources: [`${SPARK_APPLICATIONS}/status`], verbs: ["patch", "update"] },
      { ...spark, resources: [`${SPARK_APPLICATIONS}/finalizers`], verbs: ["update"] },
      {
        ...core,
        resources: ["configmaps", "pods", "services"],
        verbs: ["create", "delete", "patch", "update"],
      },
      { ...core, resources: ["events"], verbs: ["create", "patch", "update"] },
    ]),
    role("ClusterRole", DRIVER_ROLE, undefined, driverRules),
  ];
}

/**
 * A driver makes its executors and their configuration, and takes all of its own away at the end. It changes none: a pod
 * that waits is Kueue's.
 */
const driverRules = [
  { ...core, resources: ["pods"], verbs: ["create", "delete", "deletecollection", ...look] },
  { ...core, resources: ["configmaps"], verbs: ["create", "delete", "deletecollection", ...look] },
  // Of its Service, which the operator made, and of volumes that it may not make.
  {
    ...core,
    resources: ["persistentvolumeclaims", "services"],
    verbs: ["delete", "deletecollection", ...look],
  },
];

/** The drivers' account with its rights, and the operator's, in a namespace of tasks. */
export function sparkInTenant(tenant: string, namespace: string): Manifest[] {
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: DRIVER_ACCOUNT, namespace: tenant } },
    binding(DRIVER_ROLE, tenant, { kind: "ClusterRole", name: DRIVER_ROLE }, account(DRIVER_ACCOUNT, tenant)),
    binding(CONTROLLER, tenant, { kind: "ClusterRole", name: TASKS_ROLE }, account(CONTROLLER, namespace)),
  ];
}

function account(name: string, namespace: string) {
  return { kind: "ServiceAccount", name, namespace };
}

function role(
  kind: "ClusterRole" | "Role",
  name: string,
  namespace: string | undefined,
  rules: readonly object[],
): Manifest {
  return {
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    rules,
  };
}

function binding(
  name: string,
  namespace: string,
  roleRef: { readonly kind: string; readonly name: string },
  subject: object,
): Manifest {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata: { name, namespace },
    roleRef: { apiGroup: RBAC, ...roleRef },
    subjects: [subject],
  };
}
