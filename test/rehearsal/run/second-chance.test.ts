import { withSecondChance } from "../../../rehearsal/run/second-chance";

/** Tries that come to these, one after the other. */
function tries(...outcomes: (number | Error)[]) {
  const told: (number | Error)[] = [];
  const rest = outcomes.values();
  const attempt = async () => {
    const { value } = rest.next();
    if (typeof value !== "number") throw value ?? new Error("tried too often");
    return value;
  };
  const isGood = (one: number) => one > 0;
  return { told, run: () => withSecondChance(attempt, isGood, (first) => void told.push(first)) };
}

test("what ends as it should is done once", async () => {
  const { told, run } = tries(1, 2);
  expect(await run()).toBe(1);
  expect(told).toEqual([]);
});

test.each([
  ["what does not hold", 0],
  ["an error", new Error("the API server did not start")],
])("%s is told, and tried once more", async (_, first) => {
  const { told, run } = tries(first, 2);
  expect(await run()).toBe(2);
  expect(told).toEqual([first]);
});

test("a second time in a row is what it came to", async () => {
  expect(await tries(0, -1).run()).toBe(-1);
  await expect(tries(0, new Error("again")).run()).rejects.toThrow("again");
});

test("who is told first may end it", async () => {
  const stopped = withSecondChance(
    async () => 0,
    () => false,
    () => {
      throw new Error("stopped");
    },
  );
  await expect(stopped).rejects.toThrow("stopped");
});
