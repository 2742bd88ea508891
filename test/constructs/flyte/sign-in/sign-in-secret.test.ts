import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { SignInSecret, type SignInSecretProps } from "../../../../constructs/flyte/sign-in/sign-in-secret";
import { onlyResource, synthStack } from "../../../support/synth";

const props: SignInSecretProps = {
  project: "acme-ml",
  namespace: "flyte",
  oidcSecret: "flyte-prod-oidc-client",
  oidcSecretVersion: 3,
};

const synth = (changes: Partial<SignInSecretProps> = {}) =>
  synthStack((stack) => {
    new GoogleProvider(stack, "google");
    new KubernetesProvider(stack, "kubernetes");
    new RandomProvider(stack, "random");
    new SignInSecret(stack, "sign-in", { ...props, ...changes });
  });

describe("the secrets of the sign-in", () => {
  const json = synth();
  const secret = onlyResource(json, "kubernetes_secret_v1");
  const ephemeral = json["ephemeral"] as Record<string, Record<string, object>>;
  const [oidc] = Object.keys(ephemeral["google_secret_manager_secret_version"]!);
  const [internal] = Object.keys(ephemeral["random_password"]!);

  test("are written and not kept: every one is an ephemeral value in a write-only argument", () => {
    expect(Object.keys(secret).sort()).toEqual(["data_wo", "data_wo_revision", "metadata", "type"]);
    for (const value of Object.values(secret["data_wo"] as Record<string, string>))
      expect(value).toContain("ephemeral.");
  });

  test("are the client's secret at the provider, in the version of the props", () => {
    expect(secret["data_wo"]["oidc_client_secret"]).toBe(
      `\${ephemeral.google_secret_manager_secret_version.${oidc}.secret_data}`,
    );
    expect(ephemeral["google_secret_manager_secret_version"]![oidc!]).toEqual({
      project: "acme-ml",
      secret: "flyte-prod-oidc-client",
      version: 3,
    });
  });

  test("are a random one of Flyte's own and, from the same value, its hash as Flyte decodes it: base64 of bcrypt", () => {
    expect(secret["data_wo"]["client_secret"]).toBe(`\${ephemeral.random_password.${internal}.result}`);
    expect(JSON.parse(secret["data_wo"]["214-internal-client.yaml"])).toEqual({
      auth: {
        appAuth: {
          selfAuthServer: {
            staticClients: {
              flytepropeller: {
                client_secret: `\${base64encode(ephemeral.random_password.${internal}.bcrypt_hash)}`,
              },
            },
          },
        },
      },
    });
  });

  test("are short enough for bcrypt, which reads 72 bytes, and need no quotes", () => {
    expect(ephemeral["random_password"]![internal!]).toEqual({ length: 40, special: false });
  });

  test("are written anew with the next version, and only then", () => {
    expect(secret["data_wo_revision"]).toBe(3);
    expect(onlyResource(synth({ oidcSecretVersion: 4 }), "kubernetes_secret_v1")["data_wo_revision"]).toBe(4);
  });

  test.each([0, 1.5])("fails for version %p", (oidcSecretVersion) => {
    expect(() => synth({ oidcSecretVersion })).toThrow(
      new Error(
        `test/sign-in has 1 problem:\n- oidcSecretVersion must be a whole number of at least 1, got ${oidcSecretVersion}`,
      ),
    );
  });
});
