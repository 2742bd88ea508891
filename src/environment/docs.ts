import { aboutOf, shapeOf } from "./schema/kinds";
import { choiceOf, defaultOf, discriminatorOf, isRequired, type Kind, partsOf, unwrap } from "./schema/parts";
import { environmentSchema } from "./schema";

const introduction = `# Configuration

<!-- Generated from src/environment/schema by \`npm run docs\`. Edit the schema, not this file. -->

An environment is one file of plain data, \`src/environments/<name>.ts\`, listed in \`src/environments/index.ts\`. The smallest
useful one is [examples/minimal/demo.ts](../examples/minimal/demo.ts); everything below that is not marked
**required** has a default. An unknown key, a value of the wrong shape, or two values that do not go together end the run
with every problem at once, before anything is written.

*Change* says what happens when the key of a deployed environment is edited: *in place*, *replaces* something, or *refused*.
`;

/** docs/configuration.md, from the schema. */
export function configurationDocs(): string {
  const keys = Object.entries(partsOf(environmentSchema).keys ?? {});
  const sections = keys.filter(([, kind]) => isGroup(kind));
  const values = keys.filter(([, kind]) => !isGroup(kind));
  return [
    introduction,
    "## The environment itself\n",
    table(values.flatMap(([key, kind]) => rows(key, kind))),
    ...sections.map(([key, kind]) => section(key, kind)),
  ].join("\n");
}

function section(key: string, kind: Kind): string {
  const inner = Object.entries(partsOf(kind).keys ?? {});
  const required = isRequired(kind) ? " **Required.**" : "";
  return [
    `## \`${key}\`\n`,
    `${aboutOf(kind)?.meaning ?? ""}${required}\n`,
    table(inner.flatMap(([name, value]) => rows(`${key}.${name}`, value))),
  ].join("\n");
}

function isGroup(kind: Kind): boolean {
  return partsOf(kind).keys !== undefined;
}

/** A key's own row, then those of the keys inside it. */
function rows(path: string, kind: Kind): readonly string[] {
  return [row(path, kind), ...innerRows(path, kind)];
}

function innerRows(path: string, kind: Kind): readonly string[] {
  const { keys, value, options } = partsOf(kind);
  if (keys) return Object.entries(keys).flatMap(([key, inner]) => rows(`${path}.${key}`, inner));
  if (value) return innerRows(`${path}.<name>`, value);
  const by = discriminatorOf(kind);
  return (options ?? []).flatMap((option) => (by ? choiceRows(path, option, by) : innerRows(path, option)));
}

/** The keys of one of several objects: which one is said first, and again with each of its keys. */
function choiceRows(path: string, option: Kind, by: string): readonly string[] {
  const choice = `\`${by}\` ${JSON.stringify(choiceOf(option, by))}`;
  return Object.entries(partsOf(option).keys ?? {}).flatMap(([key, inner]) =>
    key === by
      ? rows(`${path}.${key}`, inner)
      : [row(`${path}.${key}`, inner, `With ${choice}: `), ...innerRows(`${path}.${key}`, inner)],
  );
}

function row(path: string, kind: Kind, condition = ""): string {
  const about = aboutOf(kind);
  const meaning = [
    condition + (about?.meaning ?? ""),
    about?.example && `Example: \`${about.example}\`.`,
    about?.source && `[Source](https://${about.source}).`,
  ];
  const cells = [
    `\`${path}\``,
    shapeText(kind),
    defaultText(kind),
    meaning.filter(Boolean).join(" "),
    about?.change ?? "",
  ];
  return `| ${cells.map(escaped).join(" | ")} |`;
}

/** Text for a table's cell: outside of code, `<` would start HTML. */
function escaped(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll("<", "\\<")))
    .join("");
}

function shapeText(kind: Kind): string {
  const { name, value } = partsOf(kind);
  const shape = shapeOf(unwrap(kind)) ?? "";
  if (!name || !value) return shape;
  const inner = isGroup(value) || partsOf(value).options ? "" : `; each is ${shapeOf(value)}`;
  return `${shape}; names have ${shapeOf(name)}${inner}`;
}

function defaultText(kind: Kind): string {
  if (isRequired(kind)) return "**required**";
  const words = aboutOf(kind)?.default;
  if (words) return words;
  const value = defaultOf(kind);
  if (value === undefined) return "none";
  return isGroup(kind) ? "the defaults of its keys" : `\`${JSON.stringify(value)}\``;
}

function table(lines: readonly string[]): string {
  return [
    "| Key | Value | Default | Meaning | Change |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}
