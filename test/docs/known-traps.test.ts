import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cellsOf, type Link, linksOf, testProblems } from "./tested";

// docs/known-traps*.md names, for each trap, the code that prevents it and the tests that prove it. Both must be there.

interface Trap {
  readonly page: string;
  readonly section: string;
  readonly text: string;
  readonly preventedBy: string;
  readonly provedBy: string;
}

const pages = readdirSync("docs")
  .filter((file) => /^known-traps.*\.md$/.test(file))
  .map((file) => join("docs", file));

const traps = pages.flatMap(trapsOf);

/** The rows of all tables whose last two columns are "prevented by" and "proved by". */
function trapsOf(page: string): Trap[] {
  let section = "";
  let inTable = false;
  return readFileSync(page, "utf8")
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith("## ")) section = line.slice(3);
      const cells = cellsOf(line);
      const [preventedBy = "", provedBy = ""] = cells.slice(-2);
      if (cells.length === 0) inTable = false;
      else if (preventedBy === "prevented by" && provedBy === "proved by") inTable = true;
      else if (inTable && !/^:?-+:?$/.test(provedBy))
        return [{ page, section, text: cells.slice(0, -2).join(" "), preventedBy, provedBy }];
      return [];
    });
}

const fileOf = ({ page }: Trap, { target }: Link) => join(dirname(page), target.replace(/#.*/, ""));

function problemsOf(trap: Trap): string[] {
  const code = linksOf(trap.preventedBy);
  const tests = linksOf(trap.provedBy);
  return [
    ...(code.length === 0 ? ['"prevented by" links to no file'] : []),
    ...(tests.length === 0 ? ['"proved by" links to no test; write "[file](path) › name of the test"'] : []),
    ...[...code, ...tests]
      .filter((link) => !existsSync(fileOf(trap, link)))
      .map((link) => `there is no file ${fileOf(trap, link)}`),
    ...tests
      .filter((link) => existsSync(fileOf(trap, link)))
      .flatMap((link) => testProblems(fileOf(trap, link), link)),
  ];
}

test.each(pages)("%s has traps", (page) => {
  expect(traps.filter((trap) => trap.page === page).length).toBeGreaterThan(0);
});

test.each(traps.map((trap) => [`${trap.page}, ${trap.section}: ${trap.text}`, trap] as const))(
  "%s",
  (_, trap) => {
    expect(problemsOf(trap)).toEqual([]);
  },
);

test.each([
  ["docs/known-traps.md", "Kueue and DWS", 30],
  ["docs/known-traps-flyte.md", "Flyte on Google Cloud", 34],
])("%s, %s: all %d are there, in order", (page, section, count) => {
  const numbers = traps
    .filter((trap) => trap.page === page && trap.section === section)
    .map(({ text }) => Number(/^\d+/.exec(text)?.[0]));
  expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index + 1));
});

describe("a row that is wrong", () => {
  const trap = (preventedBy: string, provedBy: string): Trap => ({
    page: "docs/known-traps.md",
    section: "",
    text: "",
    preventedBy,
    provedBy,
  });
  const code = "[rules.ts](../constructs/rules.ts)";

  test("fails without links", () => {
    expect(problemsOf(trap("care", "hope"))).toEqual([
      '"prevented by" links to no file',
      '"proved by" links to no test; write "[file](path) › name of the test"',
    ]);
  });

  test("fails for files that are not there", () => {
    expect(problemsOf(trap("[x](../constructs/x.ts)", "[y](../test/y.test.ts) › z"))).toEqual([
      "there is no file constructs/x.ts",
      "there is no file test/y.test.ts",
    ]);
  });

  test("fails for a test that is not there, or not named", () => {
    const file = "[rules.test.ts](../test/rules.test.ts)";
    expect(problemsOf(trap(code, `${file} › passes props that satisfy every rule`))).toEqual([]);
    expect(problemsOf(trap(code, `${file} › check › passes props`))).toEqual([
      'test/rules.test.ts has no test "passes props"; was it renamed? Name it here as it stands there',
    ]);
    expect(problemsOf(trap(code, file))).toEqual([
      'no test of test/rules.test.ts is named; write "[file](path) › name of the test"',
    ]);
  });
});
