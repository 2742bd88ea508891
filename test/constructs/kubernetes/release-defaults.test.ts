import { Fn, Lazy, TerraformOutput, TerraformVariable, Token } from "cdktf";
import { escapeLiterals, releaseDefaults } from "../../../constructs/kubernetes/release-defaults";
import { synthStack } from "../../support/synth";

/** What Terraform makes of a string of cdk.tf.json when nothing in it is an expression. */
const afterTerraform = (text: string) => text.replace(/([$%])\1\{/g, "$1{");

describe("releaseDefaults", () => {
  test("a release is all or nothing, adopts itself again, and keeps a bounded history", () => {
    expect(releaseDefaults).toEqual({
      atomic: true,
      upgradeInstall: true,
      wait: true,
      cleanupOnFail: true,
      maxHistory: 10,
      createNamespace: false,
      timeout: 300,
    });
  });
});

describe("escapeLiterals", () => {
  test.each([
    "${HOME}",
    "%{ if true }x%{ endif }",
    "$${HOME} and %%{x}",
    "$$${a}",
    "{{ .inputs.x }}",
    "100% of $5 {a} $ {b}",
    'quote " backslash \\ newline \n \\u0024{x}',
    "${unbalanced",
    "}",
  ])("keeps %j as it is", (literal) => {
    const values = { [literal]: [literal, { deep: literal }] };
    const text = escapeLiterals(values);
    expect(text).not.toMatch(/[$%]\{/);
    expect(JSON.parse(afterTerraform(text))).toEqual(values);
  });

  test("writes the sign, not the brace, so that nothing else looks odd", () => {
    expect(escapeLiterals({ a: "${x} %{y} $1 5%" })).toBe('{"a":"\\u0024{x} \\u0025{y} $1 5%"}');
  });

  test("resolves string and number tokens beside literals, even inside their braces", () => {
    const stack = synthStack((scope) => {
      const name = new TerraformVariable(scope, "name", { type: "string" });
      const size = new TerraformVariable(scope, "size", { type: "number" });
      const text = escapeLiterals({
        [`key-${name.stringValue}`]: `$${name.stringValue}${name.stringValue}%${name.stringValue}`,
        nested: `\${A:-${name.stringValue}} %{${name.stringValue}} }`,
        size: size.numberValue,
        call: Fn.upper(name.stringValue),
        plain: "${HOME}",
      });
      new TerraformOutput(scope, "text", { value: text });
    });
    expect(stack.output!["text"]!["value"]).toBe(
      '{"key-${var.name}":"\\u0024${var.name}${var.name}\\u0025${var.name}",' +
        '"nested":"\\u0024{A:-${var.name}} \\u0025{${var.name}} }",' +
        '"size":${var.size},"call":"${upper(var.name)}","plain":"\\u0024{HOME}"}',
    );
  });

  test("puts the text together late: CDKTF is slow with a large one that holds a token", () => {
    const large = Array.from({ length: 1000 }, (_, index) => ({ index }));
    const text = escapeLiterals({ large, token: Lazy.stringValue({ produce: () => "late" }) });
    expect(text).toMatch(/^\$\{TfToken\[[^\]]+\]\}$/);
    const stack = synthStack((scope) => new TerraformOutput(scope, "text", { value: text }));
    expect(JSON.parse(stack.output!["text"]!["value"])).toEqual({ large, token: "late" });
  });

  test("fails when a token is not a string: JSON would hold a placeholder", () => {
    const lazy = Lazy.anyValue({ produce: () => ({ a: 1 }) });
    expect(() => escapeLiterals({ a: { b: lazy } })).toThrow(
      "values.b must be a plain value or a string token, got a token that is not a string; use Token.asString or Token.asNumber",
    );
    expect(escapeLiterals({ a: Token.asString(lazy) })).toContain("TfToken");
  });
});
