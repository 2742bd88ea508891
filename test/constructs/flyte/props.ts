import type { FlyteBinaryProps } from "../../../constructs/flyte/binary/binary-values";

/** The least that Flyte needs. */
export const minimalProps: FlyteBinaryProps = {
  project: "acme-ml",
  database: { host: "10.20.0.3", name: "flyte", user: "flyte" },
  metadataBucket: "acme-ml-dev-metadata",
  dataBucket: "acme-ml-dev-data",
  serviceAccount: "flyte-dev-flyte@acme-ml.iam.gserviceaccount.com",
  passwordVersion: 1,
  projects: ["vision", "nlp"],
  tenantNamespaceLabels: { "kueue-managed": "true", "pod-security.kubernetes.io/enforce": "baseline" },
};
