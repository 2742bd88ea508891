import { readFileSync } from "node:fs";
import { join } from "node:path";
import { attacks } from "../../rehearsal/scenarios/attacks";
import { refusals } from "../../rehearsal/scenarios/refusals";
import type { Scenario } from "../../rehearsal/scenarios/scenario";
import { cellsOf, linksOf, testProblems } from "./tested";

// docs/security.md names what proves each of its rows: a test, or what the rehearsal plays. All must be there.

interface Row {
  readonly attack: string;
  readonly proof: string;
  readonly played: boolean;
}

const TITLES = ["tested in", "tested as", "played as (in `attacks`)"];

const rows = readFileSync("docs/security.md", "utf8")
  .split("\n")
  .map(cellsOf)
  .reduce<{ column: number; played: boolean; rows: Row[] }>(
    (so, cells) => {
      const column = cells.findIndex((cell) => TITLES.includes(cell));
      if (cells.length === 0) return { ...so, column: -1 };
      if (column >= 0) return { ...so, column, played: cells[column] === TITLES[2] };
      const proof = cells[so.column];
      if (proof === undefined || /^:?-+:?$/.test(proof)) return so;
      return { ...so, rows: [...so.rows, { attack: cells[0]!, proof, played: so.played }] };
    },
    { column: -1, played: false, rows: [] },
  ).rows;

const namesOf = ({ tasks, deeds = [] }: Scenario) => [...tasks, ...deeds].map(({ name }) => name);
const scenarios: Record<string, readonly string[]> = {
  attacks: namesOf(attacks),
  refusals: namesOf(refusals),
};

test("every attack has a row, and every row a proof", () => {
  expect(rows.length).toBeGreaterThan(35);
  expect(rows.filter(({ proof }) => proof === "").map(({ attack }) => attack)).toEqual([]);
});

test.each(rows.filter(({ proof }) => linksOf(proof).some(({ target }) => target.startsWith("../test/"))))(
  "$attack: its tests are there",
  ({ proof }) => {
    for (const link of linksOf(proof)) expect(testProblems(join("docs", link.target), link)).toEqual([]);
  },
);

/** `refusals` › `a`, `b`; `c`: of a scenario up to the next semicolon, of `attacks` otherwise. */
const played = rows
  .filter((row) => row.played && linksOf(row.proof).length === 0)
  .flatMap(({ attack, proof }) =>
    proof.split(";").flatMap((part) => {
      const quoted = [...part.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
      const [scenario, names] = part.includes("›") ? [quoted[0]!, quoted.slice(1)] : ["attacks", quoted];
      return names.map((name) => ({ attack, scenario, name }));
    }),
  );

test("what is played says so by its name", () => expect(played.length).toBeGreaterThan(20));

test.each(played)("$attack: $scenario plays $name", ({ scenario, name }) => {
  const found = (scenarios[scenario] ?? []).filter((each) =>
    name.endsWith("…") ? each.startsWith(name.slice(0, -1)) : each === name,
  );
  expect(found).not.toEqual([]);
});
