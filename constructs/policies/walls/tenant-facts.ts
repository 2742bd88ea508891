import type { Manifest } from "../../kubernetes/manifest";

/** What a namespace of tasks may name. */
export interface TenantFacts {
  /** Its LocalQueues. */
  readonly queues: readonly string[];
  /** The WorkloadPriorityClasses of its domain. */
  readonly priorities: readonly string[];
  /** Its team's repository of images, where it has one. */
  readonly repositories: readonly string[];
  /** Buckets that its team has, as volumes or by name. @default none */
  readonly buckets?: readonly string[];
}

export interface FactsOfNamespaces {
  readonly name: string;
  /** One that no tenant writes in. */
  readonly namespace: string;
}

/** A line for each namespace of tasks: what is true of it, outside of it, where its tenant cannot change it. */
export function tenantFacts(
  metadata: FactsOfNamespaces,
  tenants: Readonly<Record<string, TenantFacts>>,
  of: (tenant: TenantFacts) => readonly string[],
): Manifest {
  const lines = Object.entries(tenants).map(([namespace, tenant]) => [namespace, of(tenant).join(",")]);
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data: Object.fromEntries(lines) };
}

/** The names in the line of the pod's namespace; whether there is such a line. A project of no team has none. */
export const factsOfNamespace = {
  known: "has(params.data) && request.namespace in params.data",
  names: 'variables.known ? params.data[request.namespace].split(",") : []',
};
