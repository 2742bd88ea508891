/** A program of the rehearsal, and the Go module in `rehearsal/tools` that pins it. */
export interface Program {
  readonly module: string;
  /** Package to build, as `go build` names it. */
  readonly package: string;
  readonly version: string;
  readonly linkFlags?: string;
}

const kubernetes = "v1.36.0";
const versionPackage = "k8s.io/component-base/version";

// Unset, the API server says v0.0.0-master, which Kueue takes for an error.
const kubernetesVersion = [`gitVersion=${kubernetes}`, "gitMajor=1", "gitMinor=36"]
  .map((value) => `-X ${versionPackage}.${value}`)
  .join(" ");

/** In the order of their building: what is small first, so that something is seen to happen. */
export const programs = {
  guard: { module: "guard", package: "rehearsal/tools/guard", version: "of this repository" },
  etcd: { module: "etcd", package: "go.etcd.io/etcd/server/v3", version: "v3.6.14" },
  kwok: { module: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok", version: "v0.8.0" },
  helm: { module: "helm", package: "helm.sh/helm/v3/cmd/helm", version: "v3.20.0" },
  "kube-apiserver": {
    module: "kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-apiserver",
    version: kubernetes,
    linkFlags: kubernetesVersion,
  },
  "kube-controller-manager": {
    module: "kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-controller-manager",
    version: kubernetes,
    linkFlags: kubernetesVersion,
  },
  "kube-scheduler": {
    module: "kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-scheduler",
    version: kubernetes,
    linkFlags: kubernetesVersion,
  },
  kueue: { module: "kueue", package: "sigs.k8s.io/kueue/cmd/kueue", version: "v0.19.2" },
} as const satisfies Record<string, Program>;

export type ProgramName = keyof typeof programs;

/**
 * Operators of add-ons, by the add-on's key. Built when a scenario that needs one is played in an environment that has
 * it.
 */
export const operators = {
  training: {
    module: "training",
    package: "github.com/kubeflow/training-operator/cmd/training-operator.v1",
    version: "v1.9.4",
  },
  ray: { module: "kuberay", package: "github.com/ray-project/kuberay/ray-operator", version: "v1.6.2" },
} as const satisfies Record<string, Program>;

export type OperatorName = keyof typeof operators;
