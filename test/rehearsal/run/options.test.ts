import { inLanes } from "../../../rehearsal/run/lanes";
import { operatorsToPlay, parseOptions, usage } from "../../../rehearsal/run/options";
import { exampleSynthesised } from "../support/example";
import { isEnough } from "../../../rehearsal/tools/go";

const names = (...args: string[]) => parseOptions(args, "prod").scenarios.map(({ name }) => name);

describe("the command line", () => {
  test("plays every scenario of the last environment when it says nothing", () => {
    expect(parseOptions([], "prod")).toMatchObject({ environment: "prod", breaks: [], buildOnly: false });
    expect(names()).toHaveLength(16);
  });

  test("names an environment and scenarios, or only one of them", () => {
    expect(parseOptions(["staging", "drain"], "prod")).toMatchObject({ environment: "staging" });
    expect(names("staging", "drain", "scarce")).toEqual(["scarce", "drain"]);
    expect(parseOptions(["drain"], "prod")).toMatchObject({ environment: "prod" });
  });

  test("--time-policies plays nothing, in the environment that is named", () => {
    expect(parseOptions([], "prod").timePolicies).toBe(false);
    expect(parseOptions(["staging", "--time-policies"], "prod")).toMatchObject({
      environment: "staging",
      timePolicies: true,
    });
  });

  test("--again gives a second chance, where it is asked for", () => {
    expect(parseOptions(["--all", "--again"], "prod").again).toBe(true);
    expect(parseOptions(["--all"], "prod").again).toBe(false);
  });

  test("--all plays every break too, --break only that", () => {
    expect(parseOptions(["--all"], "prod").breaks).toHaveLength(23);
    expect(names("--all")).toHaveLength(16);
    expect(parseOptions(["--break", "retention"], "prod")).toMatchObject({
      breaks: ["retention"],
      scenarios: [],
    });
  });

  test("plays the operators that a chosen scenario needs and the environment has", () => {
    const none = exampleSynthesised();
    const both = { ...none, operators: { training: [], ray: [] } };
    expect(operatorsToPlay(parseOptions(["gang"], "prod"), both)).toEqual(["training"]);
    expect(operatorsToPlay(parseOptions(["--break", "ray-end"], "prod"), both)).toEqual(["ray"]);
    expect(operatorsToPlay(parseOptions(["gang"], "prod"), none)).toEqual([]);
    expect(operatorsToPlay(parseOptions(["drain"], "prod"), both)).toEqual([]);
  });

  test.each([
    [
      ["prod", "drian"],
      'a scenario must be one of "first-gpu", "refusals", "attacks", "two-teams", "fair-share", "scarce", "priorities", "map-task", "spot", "faults", "drain", "gang", "gang-preempted", "gang-labels", "ray", "volumes", got "drian"; did you mean "drain"?',
    ],
    [["--time-polices"], "Unknown option '--time-polices'"],
    [["--brake"], "Unknown option '--brake'"],
    [["--from"], "Option '--from <value>' argument missing"],
    [["--all=yes"], "Option '--all' does not take an argument"],
    [["--break", "retentoin"], 'got "retentoin"; did you mean "retention"?'],
    [["--parallelism", "many"], '--parallelism must be 1 to 99, got "many"'],
    [["--parallelism", "0"], '--parallelism must be 1 to 99, got "0"'],
  ])("fails on %j and shows how it is called", (args, message) => {
    expect(() => parseOptions(args, "prod")).toThrow(message);
    expect(() => parseOptions(args, "prod")).toThrow(usage);
  });
});

describe("lanes", () => {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  test("take what is next, no more at a time than there are lanes", async () => {
    const started: string[] = [];
    let [now, most] = [0, 0];
    await inLanes(["slow", "a", "b", "c"], 2, async (item) => {
      started.push(item);
      most = Math.max(most, (now += 1));
      await pause(item === "slow" ? 40 : 5);
      now -= 1;
    });
    expect({ started, most }).toEqual({ started: ["slow", "a", "b", "c"], most: 2 });
  });

  test("fail with the first failure", async () =>
    expect(inLanes([1, 2], 2, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken"));
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
