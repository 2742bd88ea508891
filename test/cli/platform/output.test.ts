import { listed } from "../../../cli/platform/deploy/print";
import { makeOutput, table } from "../../../cli/platform/output";
import { progressLines } from "../../../cli/platform/progress";
import { Collected } from "./test-context";

function streams(terminal: boolean) {
  return { stdout: new Collected(terminal), stderr: new Collected(terminal) };
}

describe("what goes where", () => {
  test("answers on stdout, what is under way and problems on stderr", () => {
    const { stdout, stderr } = streams(false);
    const output = makeOutput(stdout, stderr, { json: false, env: {} });
    output.line("answer");
    output.note("working");
    output.problem("broken");
    output.result({ not: "shown" });
    expect(stdout.text).toBe("answer\n");
    expect(stderr.text).toBe("working\nbroken\n");
  });

  test("with --json stdout holds the one document", () => {
    const { stdout, stderr } = streams(true);
    const output = makeOutput(stdout, stderr, { json: true, env: {} });
    output.line("answer");
    output.result({ a: 1 });
    expect(stdout.text).toBe('{\n  "a": 1\n}\n');
  });

  test.each([
    ["a terminal", true, {}, "\u001b[31mred\u001b[39m"],
    ["a pipe", false, {}, "red"],
    ["NO_COLOR", true, { NO_COLOR: "1" }, "red"],
  ])("%s: colours only where somebody sees them", (_, terminal, env, expected) => {
    const { stdout, stderr } = streams(terminal);
    expect(makeOutput(stdout, stderr, { json: false, env }).paint.red("red")).toBe(expected);
  });

  test("drawn lines are drawn over; in CI nothing is drawn", () => {
    const { stdout, stderr } = streams(true);
    const output = makeOutput(stdout, stderr, { json: false, env: {} });
    output.draw(["a", "b"]);
    output.note("done");
    expect(stderr.text).toBe("a\nb\n\u001b[2A\u001b[Jdone\n");
    expect(makeOutput(stdout, stderr, { json: false, env: { CI: "true" } }).draws).toBe(false);
  });
});

test("a terminal that does not know its width is drawn on as one of 80 columns", () => {
  const stderr = new Collected(true, 0);
  expect(makeOutput(new Collected(), stderr, { json: false, env: {} }).width).toBe(80);
});

test("many addresses become a count, and the few that hold something come first", () => {
  const many = [
    ...Array.from({ length: 90 }, (_, index) => `a.x${index}`),
    "google_sql_database_instance.db",
  ];
  expect(listed(many)).toBe("91, among them google_sql_database_instance.db, a.x0, a.x1, a.x2, a.x3, a.x4");
  expect(listed(many.slice(0, 2))).toBe("a.x0, a.x1");
  expect(listed([])).toBe("nothing");
});

test("a table pads every column but the last", () => {
  expect(
    table([
      ["a", "bb", "c"],
      ["aaa", "b", ""],
    ]),
  ).toEqual(["a    bb  c", "aaa  b"]);
});

describe("progress", () => {
  const row = { stack: "dev-data", doing: "planning", done: 0, total: 0, current: "" };

  test("says what a stack does, or how far it is", () => {
    const applying = { ...row, done: 5, total: 20, current: "google_sql_user.user" };
    expect(progressLines([row, { ...applying, stack: "dev-cluster" }], 120)).toEqual([
      "dev-data     planning",
      "dev-cluster  █████░░░░░░░░░░░░░░░ 5/20  google_sql_user.user",
    ]);
  });

  test("is never wider than the terminal", () => {
    const [line] = progressLines([{ ...row, total: 9, current: "x".repeat(100) }], 40);
    expect(line).toHaveLength(39);
  });
});
