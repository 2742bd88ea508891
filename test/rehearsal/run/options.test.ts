import { parseOptions, usage } from "../../../rehearsal/run/options";
import { isEnough } from "../../../rehearsal/tools/go";

const names = (...args: string[]) => parseOptions(args).scenarios.map(({ name }) => name);

describe("the command line", () => {
  test("plays every scenario of prod when it says nothing", () => {
    expect(parseOptions([])).toMatchObject({ environment: "prod", breaks: [], buildOnly: false });
    expect(names()).toHaveLength(9);
  });

  test("names an environment and scenarios, or only one of them", () => {
    expect(parseOptions(["staging", "drain"])).toMatchObject({ environment: "staging" });
    expect(names("staging", "drain", "scarce")).toEqual(["scarce", "drain"]);
    expect(parseOptions(["drain"])).toMatchObject({ environment: "prod" });
  });

  test("--all plays every break too, --break only that", () => {
    expect(parseOptions(["--all"]).breaks).toHaveLength(6);
    expect(names("--all")).toHaveLength(9);
    expect(parseOptions(["--break", "retention"])).toMatchObject({ breaks: ["retention"], scenarios: [] });
  });

  test.each([
    [
      ["prod", "drian"],
      'a scenario must be one of "first-gpu", "two-teams", "fair-share", "scarce", "priorities", "map-task", "spot", "faults", "drain", got "drian"; did you mean "drain"?',
    ],
    [["--brake"], "--brake is not an option"],
    [["--from"], "--from needs a value"],
  ])("fails on %j and shows how it is called", (args, message) =>
    expect(() => parseOptions(args)).toThrow(`${message}\n${usage}`),
  );
});

describe("the version of Go", () => {
  test.each([
    ["1.26.0", true],
    ["1.26.8", true],
    ["1.27rc1", true],
    ["2.0", true],
    ["1.25.9", false],
    ["1.9", false],
  ])("%s is enough: %s", (version, expected) => expect(isEnough(version)).toBe(expected));
});
