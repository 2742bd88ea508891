import type { FlytePlugins } from "../config/plugins";

/** One rule of a Role, in Kubernetes' own words. */
export interface RightsRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Only these objects. Kubernetes can't hold `create`, `list`, `watch` or `deletecollection` to names. */
  readonly resourceNames?: readonly string[];
}

/** What one part of Flyte may do at the API server, by where. */
export interface Rights {
  /** In every namespace, and to what is in none. */
  readonly everywhere: readonly RightsRule[];
  /** In each namespace of tasks that the configuration declares. */
  readonly tasks: readonly RightsRule[];
  /** In Flyte's own namespace. */
  readonly own: readonly RightsRule[];
}

// What follows are the calls that Flyte v1.16.8 makes: looked up in its source, and most of them seen in an API server's
// audit log while workflows were registered, run, mapped, aborted and collected (docs/decisions/0019). Its charts grant far more: binary all Secrets and
// namespaces of the cluster, core every verb on every resource.

const WORKFLOWS = { apiGroups: ["flyte.lyft.com"], resources: ["flyteworkflows"] };
const PODS = { apiGroups: [""], resources: ["pods"] };
const CHANGE = ["create", "delete", "get", "patch", "update"];

/** Flyte's API: it starts an execution by making a FlyteWorkflow, and aborts one by deleting it. */
export function apiRights(ownSecret: string | undefined): Rights {
  return {
    everywhere: [],
    tasks: [{ ...WORKFLOWS, verbs: ["create", "delete"] }],
    own: ownSecret === undefined ? [] : writes(ownSecret),
  };
}

/**
 * Flyte's engine. It watches all namespaces at once: its caches know only one or all. Pods, and what plugins make, it
 * changes in the namespaces of tasks alone, and Secrets it never sees: the kubelet mounts those of tasks.
 */
export function engineRights({ kinds }: Pick<FlytePlugins, "kinds">): Rights {
  const made = kinds.map(({ apiGroup, resources }) => ({ apiGroups: [apiGroup], resources }));
  return {
    everywhere: [
      // It collects what ended by going through all namespaces, whether they are for tasks or not.
      { ...WORKFLOWS, verbs: ["deletecollection", "list", "watch"] },
      { apiGroups: [""], resources: ["namespaces"], verbs: ["list"] },
      { ...PODS, verbs: ["list", "watch"] },
      { apiGroups: [""], resources: ["podtemplates"], verbs: ["list", "watch"] },
      // For send-object-events.
      { apiGroups: ["events.k8s.io"], resources: ["events"], verbs: ["list", "watch"] },
      // It makes the CRD of its workflows when it is not there; it may change none.
      { apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: ["create"] },
      ...made.map((kind) => ({ ...kind, verbs: ["list", "watch"] })),
    ],
    tasks: [
      { ...WORKFLOWS, verbs: ["get", "update"] },
      { ...PODS, verbs: CHANGE },
      { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
      ...made.map((kind) => ({ ...kind, verbs: CHANGE })),
    ],
    own: [],
  };
}

/** Who of two engines leads is written into a Lease. */
export const leaderRights: Rights = {
  everywhere: [],
  tasks: [],
  own: [
    ...heldTo({ apiGroups: ["coordination.k8s.io"], resources: ["leases"] }, "propeller-leader"),
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  ],
};

/** Flyte's secrets webhook, where it is on: it registers itself, and keeps its certificate in a Secret. */
export function webhookRights(configuration: string, secret: string): Rights {
  return {
    everywhere: heldTo(
      { apiGroups: ["admissionregistration.k8s.io"], resources: ["mutatingwebhookconfigurations"] },
      configuration,
    ),
    tasks: [],
    own: [...writes(secret), { ...PODS, verbs: ["get"] }],
  };
}

export function allOf(...rights: readonly Rights[]): Rights {
  return {
    everywhere: rights.flatMap(({ everywhere }) => everywhere),
    tasks: rights.flatMap(({ tasks }) => tasks),
    own: rights.flatMap(({ own }) => own),
  };
}

function writes(secret: string): readonly RightsRule[] {
  return heldTo({ apiGroups: [""], resources: ["secrets"] }, secret);
}

/** Makes one, and afterwards reads and writes the one of that name. */
function heldTo(kind: Pick<RightsRule, "apiGroups" | "resources">, name: string): readonly RightsRule[] {
  return [
    { ...kind, verbs: ["create"] },
    { ...kind, resourceNames: [name], verbs: ["get", "update"] },
  ];
}
