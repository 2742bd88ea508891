import { TerraformOutput } from "cdktf";
import { EphemeralBlock } from "../../../constructs/google/ephemeral-block";
import { synthStack } from "../../support/synth";

describe("an ephemeral block", () => {
  const stack = synthStack((scope) => {
    const first = new EphemeralBlock(scope, "first", "random_password", { length: 32 });
    const second = new EphemeralBlock(scope, "second", "some_thing", { from: first.attribute("result") });
    new TerraformOutput(scope, "out", { value: second.attribute("value") });
  });

  test("stands beside the resources, by type and id", () => {
    expect(stack["ephemeral"]).toEqual({
      random_password: { first: { length: 32 } },
      some_thing: { second: { from: "${ephemeral.random_password.first.result}" } },
    });
    expect(stack.resource).toBeUndefined();
  });

  test("is referred to by attribute", () => {
    expect(stack.output).toEqual({ out: { value: "${ephemeral.some_thing.second.value}" } });
  });
});
