import { Lazy, Token, Tokenization } from "cdktf";

/**
 * How every Helm release of this repository is installed. Spread it first, so that what follows may add to it:
 * `new Release(this, "Default", { ...releaseDefaults, chart, values: [escapeLiterals(values)] })`.
 */
export const releaseDefaults = Object.freeze({
  /** A failed first install is taken away again; without this it stays behind and blocks every later one. */
  atomic: true,
  /**
   * An unreachable API is an error, not "the release is gone": without this the provider plans to create it again
   * and forgets it on destroy. It makes `plan` contact the cluster, so releases live in a stack of their own.
   */
  upgradeInstall: true,
  /** What depends on a release starts when its pods are ready. */
  wait: true,
  /** A failed upgrade leaves no new objects behind. */
  cleanupOnFail: true,
  /** Helm keeps each revision as a Secret of up to 1 MiB, and all of them by default. */
  maxHistory: 10,
  /** Namespaces carry labels that Helm would not set; they are made on their own. */
  createNamespace: false,
  /** Seconds. Long enough for Autopilot to add a node for a pod. */
  timeout: 300,
});

/**
 * Helm values as the text that a release carries: JSON, which is YAML. `${` and `%{` in the values reach the chart
 * as they are, and CDKTF's string and number tokens still resolve.
 *
 * A literal `$` or `%` that Terraform would take for the start of a template is written as JSON's own `\u0024` or
 * `\u0025`. Terraform's `$${` will not do: in a string that also holds tokens, CDKTF takes it for an expression and
 * drops the braces of the tokens inside.
 */
export function escapeLiterals(values: object): string {
  const text = JSON.stringify(values, refuseUnresolved);
  if (!Token.isUnresolved(text)) return escape(text);
  const parts = text.split(TOKEN).map((part) => (TOKEN.test(part) ? part : escape(part)));
  // Put together late: in a string that holds a token, CDKTF looks from each brace to the end of the text, so that a
  // hundred network policies with one token take seconds.
  return Lazy.stringValue({
    produce: ({ resolve }) => parts.map((part) => resolve(part) as string).join(""),
  });
}

/** How CDKTF writes a string token. */
const TOKEN = /(\$\{TfToken\[[\w:.-]+\]\})/;

/** `$` and `%` before a brace start a template; at the end of a fragment the brace is that of the next token. */
function escape(literal: string): string {
  return literal.replace(/[$%](?=\{|$)/g, (sign) => (sign === "$" ? "\\u0024" : "\\u0025"));
}

/** `JSON.stringify` writes a list or object token as a placeholder, and nothing notices until the chart breaks. */
function refuseUnresolved(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (Tokenization.isResolvable(this[key]))
    throw new Error(
      `values.${key} must be a plain value or a string token, got a token that is not a string; use Token.asString or Token.asNumber`,
    );
  return value;
}
