import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commands } from "../cli/platform/commands";
import { defineEnvironment } from "../src/environment/define";
import { fileOf } from "../src/environment/file-of";
import type { EnvironmentConfig } from "../src/environment/schema";
import { prod } from "./support/environments/prod";

const readme = readFileSync("README.md", "utf8");

test("the first code block is the minimal example, letter for letter", () => {
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  expect(block).toBe(readFileSync("examples/minimal/demo.ts", "utf8"));
});

test("the minimal example has at most 15 lines of configuration", () => {
  const lines = readFileSync("examples/minimal/demo.ts", "utf8").split("\n");
  const configuration = lines.filter((line) => line.trim() !== "" && !line.startsWith("import "));
  expect(configuration.length).toBeLessThanOrEqual(15);
});

test("the error message in it is the one that such a mistake gets", () => {
  const wrong = JSON.parse(JSON.stringify(prod)) as Record<string, Record<string, Record<string, object>>>;
  Object.assign(wrong["cluster"]!, { releaseChanel: "STABLE" });
  Object.assign(wrong["queues"]!["flavors"]!["h100-dws"]!, { gpusPerNode: 3 });
  const block = /```text\nerror: ([\s\S]*?)\n```/.exec(readme)?.[1];
  // A fork that has no prod is told of the file that lists the environments.
  const told = block?.replace("src/environments/prod.ts", fileOf("prod", "src/environments"));
  expect(() => defineEnvironment(wrong as unknown as EnvironmentConfig)).toThrow(new Error(told));
});

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "AGENTS.md",
  ...markdownBelow("docs"),
  ...markdownBelow("examples"),
];

test("the commands of `platform` are those that the pages tell people to run", () => {
  const told = pages.flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/npm run (?:--silent )?platform -- ([a-z]+)/g)].map(
      ([, name]) => name,
    ),
  );
  expect(commands.map(({ description }) => description.name).sort()).toEqual([...new Set(told)].sort());
});

describe("links to files", () => {
  test.each(pages)("%s leads somewhere", (page) => {
    const links = [...readFileSync(page, "utf8").matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(
      ([, target]) => target!,
    );
    const broken = links.filter(
      (target) => !/^https?:/.test(target) && !existsSync(join(dirname(page), target)),
    );
    expect(broken).toEqual([]);
  });
});

describe("links to a part of a page", () => {
  test.each(pages)("%s names parts that are there", (page) => {
    const links = [...readFileSync(page, "utf8").matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)];
    const broken = links.filter(([, target = "", part = ""]) => {
      if (/^https?:/.test(target)) return false;
      const file = target === "" ? page : join(dirname(page), target);
      return file.endsWith(".md") && !partsOf(file).includes(part);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

/** As GitHub, and the site, make them of headings. */
function partsOf(page: string): string[] {
  const headings = readFileSync(page, "utf8")
    .replace(/^ *```[^]*?^ *```/gm, "")
    .matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md") && !file.includes("node_modules"))
    .map((file) => join(folder, file))
    .sort();
}
