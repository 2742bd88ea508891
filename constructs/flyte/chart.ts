/** How Flyte's parts are spread over pods. */
export type Topology = "binary" | "core";

/**
 * The charts and the Flyte that this repository was tested with. One Helm repository serves both generations of Flyte:
 * without a version it installs Flyte 2, which reads none of these values.
 */
export const flyteChart = Object.freeze({
  repository: "https://flyteorg.github.io/flyte",
  /** By topology. */
  names: { binary: "flyte-binary", core: "flyte-core" } satisfies Record<Topology, string>,
  /** Chart version and image tag at once. */
  version: "v1.16.8",
});

/** Name of the Helm release, which the pods' labels carry. The same in both topologies: one follows the other in place. */
export const releaseName = "flyte";

/** Topology binary: name of the Deployment, of its Kubernetes service account, and the beginning of its Services' names. */
export const backendName = "flyte-binary";

/** Topology core: the parts that reach Google, by the fixed names of their Kubernetes service accounts. */
export const coreServiceAccounts = Object.freeze({
  admin: "flyteadmin",
  scheduler: "flytescheduler",
  propeller: "flytepropeller",
  datacatalog: "datacatalog",
});

/** Google service accounts of topology core, as e-mail addresses. */
export type CoreAccounts = Readonly<Record<keyof typeof coreServiceAccounts, string>>;

/** Labels that select pods of the release. */
export const podLabels = Object.freeze({
  binary: {
    "app.kubernetes.io/name": backendName,
    "app.kubernetes.io/instance": releaseName,
    "app.kubernetes.io/component": "flyte-binary",
  },
  admin: { "app.kubernetes.io/name": "flyteadmin", "app.kubernetes.io/instance": releaseName },
  console: { "app.kubernetes.io/name": "flyteconsole", "app.kubernetes.io/instance": releaseName },
});
