import { listAll } from "../google/list-all";
import type { KubernetesClient } from "../google/kubernetes";
import type { Diagnosis } from "./diagnosis";

interface Deployment {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly availableReplicas?: number };
}

/** Whether the Deployments of a namespace have the pods that they want. */
export async function deploymentsIn(
  kubernetes: KubernetesClient,
  part: string,
  namespace: string,
): Promise<Diagnosis[]> {
  const items = await listAll<Deployment>(kubernetes, `/apis/apps/v1/namespaces/${namespace}/deployments`);
  if (items.length === 0) return [{ part, subject: namespace, level: "later", text: "not deployed" }];
  return items.map(({ metadata: { name }, spec, status }) => {
    const [wanted, ready] = [spec?.replicas ?? 1, status?.availableReplicas ?? 0];
    const line = { part, subject: name, text: `${ready} of ${wanted} ready` };
    if (ready >= wanted) return { ...line, level: "ok" };
    return {
      ...line,
      level: ready === 0 ? "problem" : "warning",
      fix: `kubectl describe pods --namespace ${namespace}; kubectl logs --namespace ${namespace} deployment/${name}`,
    };
  });
}
