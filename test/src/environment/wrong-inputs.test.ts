import { readFileSync } from "node:fs";
import { join } from "node:path";
import { problemsFor } from "./support";

/** A line for each: what somebody wrote, and all that is said of it. */
const kinds = JSON.parse(readFileSync(join(__dirname, "wrong-inputs.json"), "utf8")) as Readonly<
  Record<string, readonly (readonly [changes: Record<string, unknown>, problems: readonly string[]])[]>
>;

describe.each(Object.entries(kinds))("fails for %s", (_, cases) => {
  test("in at least five ways", () => expect(cases.length).toBeGreaterThanOrEqual(5));

  test("with a path, a value, what is allowed, and what to do", () => {
    for (const [changes, problems] of cases) {
      expect([changes, problemsFor(changes)]).toEqual([changes, problems]);
      for (const problem of problems)
        expect(problem).toMatch(
          /^[a-zA-Z]+[\w.[\]"-]*.* (must .*, got|must not hold|must be named with|must not start|must be left out|is not a|overlaps)/s,
        );
    }
  });
});

describe("fails for what is no plain data, and says what it is", () => {
  test.each<[unknown, string]>([
    [
      Promise.resolve({}),
      "queues must be plain data, got a Promise; an environment is read at once: write the value itself",
    ],
    [Symbol("x"), "queues must be plain data, got a symbol"],
    [20n, "queues must be plain data, got a bigint"],
    [new Date(0), "queues must be plain data, got a Date"],
    [
      undefined,
      "queues must have a value, got undefined; leave the key out for its default, or look for a misspelt import",
    ],
  ])("%p", (queues, problem) => {
    expect(problemsFor({ queues })).toEqual([problem]);
  });
});
