import { Release } from "@cdktf/provider-helm/lib/release";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { Construct } from "constructs";
import type { PlatformContext } from "./platform-context";

const NAME = "plan-reader";

/**
 * Lets the account that plans pull requests read what Helm has installed: its records are Secrets of the namespaces that
 * hold a release, and Kubernetes cannot give away some of a namespace's Secrets to list and not the others. Its role on
 * the project reads everything else in the cluster, and no Secret.
 *
 * Called last: it looks which releases the stack holds.
 */
export function addPlanReader(stack: Construct, { environment, names }: PlatformContext): void {
  if (environment.github === undefined) return;
  const planner = `${names.plannerAccount}@${environment.project}.iam.gserviceaccount.com`;
  const releases = stack.node.findAll().filter((each) => each instanceof Release);
  const parent = new Construct(stack, NAME);
  for (const namespace of new Set(releases.map(namespaceOf)))
    readSecrets(
      parent,
      namespace,
      planner,
      releases.filter((release) => namespaceOf(release) === namespace),
    );
}

/** Helm's own default. */
function namespaceOf({ namespaceInput = "default" }: Release): string {
  return namespaceInput;
}

function readSecrets(scope: Construct, namespace: string, user: string, dependsOn: Release[]): void {
  const metadata = { name: NAME, namespace };
  const role = new RoleV1(scope, namespace, {
    metadata,
    rule: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }],
    // The first release of a namespace may bring it.
    dependsOn,
  });
  new RoleBindingV1(scope, `${namespace}-planner`, {
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
    subject: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }],
  });
}
