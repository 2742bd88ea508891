import type { Labels, Manifest } from "../../kubernetes/manifest";

/**
 * What makes a namespace one of tasks. All from birth: a pod created before Kueue's label slips past the queues.
 *
 * Pod Security: `baseline` keeps host access out and lets images run as root, as most GPU images do. What falls short of
 * `restricted` goes to the audit log, not into a warning on each of Flyte's requests.
 */
export const tenantNamespaceLabels: Labels = {
  "kueue-managed": "true",
  "pod-security.kubernetes.io/enforce": "baseline",
  "pod-security.kubernetes.io/audit": "restricted",
};

/** The namespace of a project-domain. It outlives its entry in the configuration: the tasks' records are in it. */
export function tenantNamespace(name: string): Manifest {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: tenantNamespaceLabels,
      annotations: { "helm.sh/resource-policy": "keep" },
    },
  };
}

/** Pods of a namespace reach each other, as distributed training must; pods of others do not reach them. */
export function tenantNetworkPolicy(namespace: string): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "only-from-this-namespace", namespace },
    spec: {
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: {} }] }],
    },
  };
}
