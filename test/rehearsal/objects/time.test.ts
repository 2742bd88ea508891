import { Clock, milliseconds, spoken } from "../../../rehearsal/objects/time";

describe("durations", () => {
  test.each([
    ["277ms", 277],
    ["90s", 90_000],
    ["1h30m", 5_400_000],
    ["2d", 172_800_000],
  ])("%s is %d milliseconds", (duration, expected) => expect(milliseconds(duration)).toBe(expected));

  test.each(["", "1", "1w", "h", "1h 30m"])("fails on %j", (duration) =>
    expect(() => milliseconds(duration)).toThrow(
      `a duration must be like "90s", "1h30m" or "2d", got ${JSON.stringify(duration)}`,
    ),
  );

  test.each([
    [12_000, "12s"],
    [59_600, "1m"],
    [45 * 60_000, "45m"],
    [80 * 60_000, "1h 20m"],
    [7_200_000, "2h"],
  ])("%d milliseconds are spoken %s", (ms, expected) => expect(spoken(ms)).toBe(expected));
});

describe("the clock", () => {
  test("runs as much faster as its factor", () => expect(new Clock(600).real("10m")).toBe(1_000));

  test("fails to pass when it is stopped", async () => {
    const stop = new AbortController();
    const passing = new Clock(1).pass("1h", stop.signal);
    stop.abort();
    await expect(passing).rejects.toThrow("stopped");
  });
});
