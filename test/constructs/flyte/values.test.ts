import { literalForTpl, mergeValues, oneKeyMaps, valueAt } from "../../../constructs/flyte/values";

describe("merging values", () => {
  test("maps merge key by key, at any depth, the later over the earlier", () => {
    expect(mergeValues({ a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { e: 5 })).toEqual({
      a: { b: 1, c: 3, d: 4 },
      e: 5,
    });
  });

  test("lists replace, as Helm does", () => {
    expect(mergeValues({ a: [1, 2] }, { a: [3] })).toEqual({ a: [3] });
  });

  test("a map replaces a list, and a scalar a map", () => {
    expect(mergeValues({ a: [1], b: { c: 1 } }, { a: { x: 1 }, b: "d" })).toEqual({ a: { x: 1 }, b: "d" });
  });

  test("no layer is changed", () => {
    const base = { a: { b: 1 } };
    mergeValues(base, { a: { c: 2 } });
    expect(base).toEqual({ a: { b: 1 } });
  });

  test("a key that every object inherits is a key like any other", () => {
    expect(mergeValues({}, { constructor: { a: 1 }, toString: "x" })).toEqual({
      constructor: { a: 1 },
      toString: "x",
    });
  });
});

describe("a value at a path", () => {
  test.each([
    ["a.b", 1],
    ["a", { b: 1 }],
    ["a.c", undefined],
    ["a.b.c", undefined],
    ["toString", undefined],
  ])("%s", (path, value) => {
    expect(valueAt({ a: { b: 1 } }, path)).toEqual(value);
  });
});

test("a map with dotted keys becomes a list of one-key maps", () => {
  expect(oneKeyMaps({ "a.b/c": "x", D: "y" })).toEqual([{ "a.b/c": "x" }, { D: "y" }]);
});

describe("text that passes through Helm's tpl", () => {
  test("keeps its braces for Flyte", () => {
    expect(literalForTpl({ a: ["{{ project }}-{{ domain }}"] })).toEqual({
      a: ["{{ `{{` }} project }}-{{ `{{` }} domain }}"],
    });
  });

  test("is left alone when it is escaped already", () => {
    expect(literalForTpl("{{ `{{ project }}` }}")).toBe("{{ `{{ project }}` }}");
  });

  test("is left alone when it has no braces, and so are numbers and switches", () => {
    expect(literalForTpl({ a: "plain", b: 1, c: true })).toEqual({ a: "plain", b: 1, c: true });
  });
});
