import type { KubeObject } from "./objects";

/** Where the API serves a kind. What a release of the queues may hold, and what the rehearsal itself makes. */
const plurals: Readonly<Record<string, string>> = {
  AdmissionCheck: "admissionchecks",
  ClusterQueue: "clusterqueues",
  ClusterRole: "clusterroles",
  ClusterRoleBinding: "clusterrolebindings",
  Cohort: "cohorts",
  ConfigMap: "configmaps",
  CustomResourceDefinition: "customresourcedefinitions",
  Job: "jobs",
  LimitRange: "limitranges",
  LocalQueue: "localqueues",
  MutatingAdmissionPolicy: "mutatingadmissionpolicies",
  MutatingAdmissionPolicyBinding: "mutatingadmissionpolicybindings",
  MutatingWebhookConfiguration: "mutatingwebhookconfigurations",
  Namespace: "namespaces",
  NetworkPolicy: "networkpolicies",
  Node: "nodes",
  PersistentVolume: "persistentvolumes",
  PersistentVolumeClaim: "persistentvolumeclaims",
  Pod: "pods",
  PodTemplate: "podtemplates",
  ProvisioningRequest: "provisioningrequests",
  ProvisioningRequestConfig: "provisioningrequestconfigs",
  PyTorchJob: "pytorchjobs",
  RayJob: "rayjobs",
  ResourceFlavor: "resourceflavors",
  ResourceQuota: "resourcequotas",
  Role: "roles",
  RoleBinding: "rolebindings",
  Secret: "secrets",
  Service: "services",
  ServiceAccount: "serviceaccounts",
  TFJob: "tfjobs",
  Topology: "topologies",
  ValidatingAdmissionPolicy: "validatingadmissionpolicies",
  ValidatingAdmissionPolicyBinding: "validatingadmissionpolicybindings",
  ValidatingWebhookConfiguration: "validatingwebhookconfigurations",
  Workload: "workloads",
  WorkloadPriorityClass: "workloadpriorityclasses",
};

/** A kind, in one namespace or in all. */
export interface Collection {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
}

export const collections = {
  pods: { apiVersion: "v1", kind: "Pod" },
  nodes: { apiVersion: "v1", kind: "Node" },
  workloads: { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "Workload" },
  clusterQueues: { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "ClusterQueue" },
  admissionPolicies: { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicy" },
  pytorchJobs: { apiVersion: "kubeflow.org/v1", kind: "PyTorchJob" },
  rayJobs: { apiVersion: "ray.io/v1", kind: "RayJob" },
  requests: { apiVersion: "autoscaling.x-k8s.io/v1", kind: "ProvisioningRequest" },
} as const satisfies Record<string, Collection>;

export function collectionPath({ apiVersion, kind, namespace }: Collection): string {
  const plural = plurals[kind];
  if (!plural) throw new Error(`the rehearsal does not know where the API serves ${apiVersion} ${kind}`);
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespace ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
}

export function objectPath({ apiVersion, kind, metadata: { namespace, name } }: KubeObject): string {
  return `${collectionPath({ apiVersion, kind, namespace })}/${name}`;
}
