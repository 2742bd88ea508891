import { TerraformStack, App } from "cdktf";
import { check, InvalidProps } from "../constructs/rules";

describe("check", () => {
  const scope = new TerraformStack(new App(), "stack");
  const rules = [
    (props: { size: number }) =>
      props.size < 10 ? `size must be at least 10, got ${props.size}` : undefined,
    (props: { size: number }) => (props.size % 2 ? `size must be even, got ${props.size}` : undefined),
  ];

  test("passes props that satisfy every rule", () => {
    expect(() => check(scope, { size: 10 }, rules)).not.toThrow();
  });

  test("fails with every problem at once, under the construct's path", () => {
    expect(() => check(scope, { size: 9 }, rules)).toThrow(
      new InvalidProps("stack", ["size must be at least 10, got 9", "size must be even, got 9"]),
    );
    expect(() => check(scope, { size: 9 }, rules)).toThrow(
      "stack has 2 problems:\n- size must be at least 10, got 9\n- size must be even, got 9",
    );
  });
});
