import { DeclaredSecret } from "../../../constructs/google/declared-secret";
import { addresses, onlyResource } from "../../support/synth";
import { synthGoogleStack } from "./google-stack";

const props = { project: "acme-ml", region: "us-central1", secretId: "flyte-prod-oidc-client" };

describe("a secret whose value somebody else gives", () => {
  test("is a place without a version: Terraform never sees the value", () => {
    const json = synthGoogleStack((stack) => new DeclaredSecret(stack, "secret", props));
    expect(addresses(json)).toEqual(["google_secret_manager_secret.secret"]);
    expect(onlyResource(json, "google_secret_manager_secret")).toEqual({
      deletion_protection: false,
      project: "acme-ml",
      replication: { user_managed: { replicas: [{ location: "us-central1" }] } },
      secret_id: "flyte-prod-oidc-client",
    });
  });

  test("is written from the terminal, without a trace in the shell's history and without a line break", () => {
    const commands: string[] = [];
    synthGoogleStack((stack) => commands.push(new DeclaredSecret(stack, "secret", props).addVersion));
    expect(commands).toEqual([
      'read -rs VALUE && printf %s "$VALUE" | gcloud secrets versions add flyte-prod-oidc-client --project acme-ml --data-file=-',
    ]);
  });

  test("fails for a name that Secret Manager does not take", () => {
    expect(() =>
      synthGoogleStack((stack) => new DeclaredSecret(stack, "secret", { ...props, secretId: "a.b" })),
    ).toThrow(
      new Error(
        'test/secret has 1 problem:\n- secretId must be 1 to 255 letters, digits, hyphens and underscores, got "a.b"',
      ),
    );
  });
});
