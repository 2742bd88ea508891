import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configurationDocs } from "../../../src/environment/docs";
import { environmentSchema } from "../../../src/environment/schema";
import { aboutOf } from "../../../src/environment/schema/kinds";
import { type Kind, partsOf } from "../../../src/environment/schema/parts";

describe("docs/configuration.md", () => {
  test("is what the schema says (else: npm run docs)", () => {
    const file = join(__dirname, "../../../docs/configuration.md");
    expect(readFileSync(file, "utf8")).toBe(configurationDocs());
  });

  test("has a row for every key, and no key is without its meaning and what a change does", () => {
    const docs = configurationDocs();
    const undocumented = keysOf(environmentSchema).filter(
      ([path, kind]) => !docs.includes(`\`${path}\``) || !aboutOf(kind)?.meaning || !aboutOf(kind)?.change,
    );
    expect(undocumented).toEqual([]);
    expect(keysOf(environmentSchema).length).toBeGreaterThan(80);
  });
});

function keysOf(kind: Kind, path = ""): [string, Kind][] {
  const { keys = {}, value, options = [] } = partsOf(kind);
  return [
    ...Object.entries(keys).flatMap(([key, inner]): [string, Kind][] => {
      const full = path === "" ? key : `${path}.${key}`;
      return [[full, inner], ...keysOf(inner, full)];
    }),
    ...(value ? keysOf(value, `${path}.<name>`) : []),
    ...options.flatMap((option) => keysOf(option, path)),
  ];
}
