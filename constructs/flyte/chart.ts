/**
 * The chart and the Flyte that this repository was tested with. One Helm repository serves both generations of Flyte:
 * without a version it installs Flyte 2, which reads none of these values.
 */
export const flyteChart = Object.freeze({
  repository: "https://flyteorg.github.io/flyte",
  name: "flyte-binary",
  /** Chart version and image tag at once. */
  version: "v1.16.8",
});

/** Name of Flyte's Deployment, of its Kubernetes service account, and the beginning of its Services' names. */
export const backendName = "flyte-binary";
