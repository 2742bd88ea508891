import { readFileSync } from "node:fs";

export interface Link {
  readonly target: string;
  /** What follows it, up to the next link: "› name of the test". */
  readonly after: string;
}

export function linksOf(text: string): Link[] {
  return [...text.matchAll(/\[[^\]]*\]\(([^)\s]+)\)((?:(?!\[[^\]]*\]\().)*)/g)].map(([, target, after]) => ({
    target: target!,
    after: after!.replace(/<br\s*\/?>|[;,]\s*$/g, "").trim(),
  }));
}

/** The cells of a line of a table; none of any other line. */
export function cellsOf(line: string): string[] {
  if (!line.startsWith("|")) return [];
  return line
    .replace(/\|\s*$/, "")
    .split(/(?<!\\)\|/)
    .slice(1)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** What is wrong with the tests that a link names: "[file](path) › name of the test › name of another". */
export function testProblems(file: string, { after }: Link): string[] {
  const [, ...names] = after.split("›").map((name) => name.trim());
  if (names.length === 0) return [`no test of ${file} is named; write "[file](path) › name of the test"`];
  const source = readFileSync(file, "utf8");
  return names
    .filter((name) => !hasTest(source, name, file.endsWith(".ts")))
    .map((name) => `${file} has no test "${name}"; was it renamed? Name it here as it stands there`);
}

/** Whether a title stands in a test file: as a whole string, followed by the comma before the test's body. */
function hasTest(source: string, name: string, typescript: boolean): boolean {
  if (!typescript) return source.includes(name);
  return ['"', "'", "`"].some((quote) => {
    const title = quote === '"' ? name.replaceAll('"', '\\"') : name;
    return source.includes(`${quote}${title}${quote},`);
  });
}
