import { defineEnvironments } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { buildApp } from "../../src/app";
import { shipped } from "../support/shipped";
import { shippedStacks } from "../support/shipped-stacks";
import { type StackJson, synthesise } from "../support/synth";

const synth = (configs: readonly EnvironmentConfig[]): Record<string, StackJson> =>
  synthesise((outdir) => buildApp(defineEnvironments(configs).environments, { outdir }));

/** What a secret looks like where it must not be, and whose it would be. */
const MARKERS: Record<string, RegExp> = {
  "flyte-core's well-known client secret": /foobar/,
  "a bcrypt hash": /\$2[aby]\$\d\d\$/,
  "a base64 of a bcrypt hash": /JDJ[hY5]J/,
  "the hash of Flyte's built-in client": /\$2a\$06\$/,
  "one of Flyte's cookie keys": /cookie_(hash|block)_key|claim_symmetric_key/,
  "a private key": /BEGIN [A-Z ]*PRIVATE KEY/,
  "Flyte's default database password": /password: ?"?postgres/,
  "an OAuth secret of Google's": /GOCSPX-/,
};

/** Where a value stands that is named like a secret and holds text: neither empty, nor a reference, nor a place. */
function secretsIn(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => secretsIn(inner, [...path, key]));
  if (typeof value !== "string" || value === "") return [];
  // Values of a release and files of configuration are JSON in a string.
  if (/^[[{]/.test(value)) return secretsIn(parsed(value), path);
  const named = /^(password|.*_?secret|clientSecret|clientSecretHash|secret_data|token|.*_key)$/.test(
    path.at(-1)!,
  );
  return named && !value.includes("${") && !PLACES.has(path.at(-1)!) ? [path.join(".")] : [];
}

/** Named like secrets, and names of secrets. */
const PLACES = new Set(["secret", "gcp_kms_encryption_key"]);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const stacks = shippedStacks().flatMap(({ stacks: own }) => Object.entries(own));

describe.each(stacks)("%s", (_name, stack) => {
  test.each(Object.entries(MARKERS))("holds nothing that looks like %s", (_, marker) => {
    expect(JSON.stringify(stack)).not.toMatch(marker);
  });

  test("holds no text under the name of a secret", () => {
    expect(secretsIn(stack.resource)).toEqual([]);
  });
});

describe("the search", () => {
  test("finds a secret in a release's values and in a resource", () => {
    expect(
      secretsIn({
        helm_release: { flyte: { values: ['{"configuration":{"auth":{"oidc":{"clientSecret":"x"}}}}'] } },
        google_sql_user: { flyte: { password: "x" } },
        kubernetes_secret_v1: { a: { data_wo: { client_secret: "${ephemeral.a.b.c}" } } },
      }),
    ).toEqual([
      "helm_release.flyte.values.0.configuration.auth.oidc.clientSecret",
      "google_sql_user.flyte.password",
    ]);
  });

  test("has public environments to search, where there are the most secrets", () => {
    const modes = shipped.map(
      ({ config }) => `${config.flyte?.topology ?? "binary"} ${config.flyte?.access?.mode}`,
    );
    expect(modes).toEqual(expect.arrayContaining(["core public", "binary public"]));
  });
});

test("fails for a secret that an author writes down, before anything is written", () => {
  const [first] = shipped;
  const withSecret = (extraValues: object) =>
    synth([{ ...first!.config, flyte: { extraValues: extraValues as Record<string, unknown> } }]);
  const marker = "hunter2-MARKER";
  for (const values of [
    { configuration: { database: { password: marker } } },
    { configuration: { auth: { oidc: { clientSecret: marker } } } },
    { configuration: { inline: { secrets: { cookie_hash_key: marker } } } },
  ]) {
    expect(() => withSecret(values)).toThrow(/must not hold a secret/);
    expect(() => withSecret(values)).not.toThrow(marker);
  }
});
