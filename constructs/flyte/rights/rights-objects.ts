import type { Manifest } from "../../kubernetes/manifest";
import { backendName, coreServiceAccounts, type Topology } from "../chart";
import type { FlytePlugins } from "../config/plugins";
import { allOf, apiRights, engineRights, leaderRights, type Rights, webhookRights } from "./rights";

export interface FlyteRightsProps {
  readonly topology: Topology;

  /** Namespace of Flyte. */
  readonly namespace: string;

  /** Namespaces in which Flyte may run tasks; they must exist. */
  readonly taskNamespaces: readonly string[];

  /** Kinds of objects that tasks become, beyond pods. */
  readonly plugins: Pick<FlytePlugins, "kinds">;

  /** Flyte asks people who they are: topology binary then keeps the keys of its tokens in a Secret. */
  readonly signIn: boolean;

  /** Flyte's secrets webhook is on. */
  readonly secretsWebhook: boolean;
}

/** Names that are fixed in the charts and in Flyte v1.16.8. */
const NAMES = {
  binary: {
    tokens: `${backendName}-admin-auth`,
    webhook: `${backendName}-webhook`,
    certificate: `${backendName}-webhook-secret`,
  },
  core: { tokens: "flyte-admin-secrets", webhook: "flyte-pod-webhook", certificate: "flyte-pod-webhook" },
} as const;

/** Flyte's rights at the API server, instead of those in its charts: Roles, and who has them where. */
export function flyteRights(props: FlyteRightsProps): readonly Manifest[] {
  return Object.entries(accountsOf(props)).flatMap(([account, rights]) => objectsOf(account, rights, props));
}

/** The Kubernetes service accounts of a topology, and what each may do. */
function accountsOf(props: FlyteRightsProps): Readonly<Record<string, Rights>> {
  const names = NAMES[props.topology];
  const webhook = props.secretsWebhook ? [webhookRights(names.webhook, names.certificate)] : [];
  const engine = engineRights(props.plugins);
  if (props.topology === "binary")
    return {
      [backendName]: allOf(apiRights(props.signIn ? names.tokens : undefined), engine, ...webhook),
    };
  return {
    // Its chart makes the Secret with sign-in and without.
    [coreServiceAccounts.admin]: apiRights(names.tokens),
    [coreServiceAccounts.propeller]: allOf(engine, leaderRights),
    ...(props.secretsWebhook && { "flyte-pod-webhook": allOf(...webhook) }),
  };
}

function objectsOf(account: string, rights: Rights, { namespace, taskNamespaces }: FlyteRightsProps) {
  const subjects = [{ kind: "ServiceAccount", name: account, namespace }];
  const role = (
    kind: "ClusterRole" | "Role",
    name: string,
    rules: Rights["own"],
    where?: string,
  ): Manifest[] => (rules.length === 0 ? [] : [rbac(kind, name, where, { rules })]);
  const bind = (kind: "ClusterRole" | "Role", name: string, where?: string): Manifest =>
    rbac(where === undefined ? "ClusterRoleBinding" : "RoleBinding", name, where, {
      roleRef: { apiGroup: RBAC, kind, name },
      subjects,
    });
  const names = { everywhere: `${account}-everywhere`, tasks: `${account}-tasks`, own: account };
  return [
    ...role("ClusterRole", names.everywhere, rights.everywhere).flatMap((made) => [
      made,
      bind("ClusterRole", names.everywhere),
    ]),
    ...role("ClusterRole", names.tasks, rights.tasks).flatMap((made) => [
      made,
      ...taskNamespaces.map((where) => bind("ClusterRole", names.tasks, where)),
    ]),
    ...role("Role", names.own, rights.own, namespace).flatMap((made) => [
      made,
      bind("Role", names.own, namespace),
    ]),
  ];
}

const RBAC = "rbac.authorization.k8s.io";

function rbac(kind: string, name: string, namespace: string | undefined, rest: object): Manifest {
  return {
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    ...rest,
  };
}
