import type { FlyteBinaryProps } from "../../../constructs/flyte/binary/binary-values";
import type { FlyteCoreProps } from "../../../constructs/flyte/core/core-values";

/** The least that Flyte needs. */
export const minimalProps: FlyteBinaryProps = {
  project: "acme-ml",
  database: { host: "10.20.0.3", name: "flyte", user: "flyte" },
  metadataBucket: "acme-ml-dev-metadata",
  dataBucket: "acme-ml-dev-data",
  serviceAccount: "flyte-dev-flyte@acme-ml.iam.gserviceaccount.com",
  passwordVersion: 1,
  projects: ["vision", "nlp"],
};

const account = (part: string) => `flyte-dev-${part}@acme-ml.iam.gserviceaccount.com`;
const { serviceAccount: _, ...shared } = minimalProps;

/** The least that Flyte needs in topology core. */
export const coreProps: FlyteCoreProps = {
  ...shared,
  namespace: "flyte",
  serviceAccounts: {
    admin: account("backend"),
    scheduler: account("scheduler"),
    propeller: account("propeller"),
    datacatalog: account("catalog"),
  },
};

export const publicAccess = {
  mode: "public" as const,
  host: "flyte.acme.example",
  oidc: { baseUrl: "https://accounts.google.com", clientId: "flyte", clientSecretVersion: 1 },
};
