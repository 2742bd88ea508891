import { problemsFor } from "./support";

const flyte = (changes: Record<string, unknown>) => problemsFor({ flyte: changes });

describe("extra Helm values", () => {
  const extra = (extraValues: unknown) => flyte({ extraValues });

  test("fails for a key that the chart does not read", () => {
    expect(extra({ configuraton: {} })).toEqual([
      'flyte.extraValues.configuraton is not a value of the flyte-binary chart; did you mean "configuration"?',
    ]);
    expect(extra({ replicaCount: 2 })).toEqual([
      "flyte.extraValues.replicaCount is not a value of the flyte-binary chart; its values are commonLabels, commonAnnotations, flyte-core-components, configuration, clusterResourceTemplates, deployment, service, ingress, rbac, serviceAccount, flyteconnector, enabled_plugins",
    ]);
  });

  test("fails for the names that the platform relies on", () => {
    expect(extra({ fullnameOverride: "x", serviceAccount: { name: "x", annotations: {} } })).toEqual([
      "flyte.extraValues.fullnameOverride and flyte.extraValues.serviceAccount.name must be left out: identities and network policies rely on the platform's own names",
    ]);
  });

  test.each([
    ["password"],
    ["clientSecret"],
    ["secret"],
    ["authToken"],
    ["apiKey"],
    ["private_key"],
    ["cookie_hash_key"],
    ["token_rsa_key"],
  ])("fails for a secret in %s", (key) => {
    expect(extra({ configuration: { inline: { list: [{ [key]: "hunter2" }] } } })).toEqual([
      `flyte.extraValues.configuration.inline.list[0].${key} must not hold a secret: values end in Terraform's state; keep it in Secret Manager and mount it, or name a Kubernetes Secret`,
    ]);
  });

  test("may name where a secret is", () => {
    const configuration = {
      database: { passwordPath: "/etc/flyte/db", password: "" },
      inlineSecretRef: "flyte-auth",
    };
    expect(extra({ configuration, deployment: { extraEnvVarsSecret: "flyte-env" } })).toEqual([]);
  });
});
