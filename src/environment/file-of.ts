import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The file of a folder that says an environment's name: a fork may call it as it likes. Where none says it, the one that
 * lists the environments. Read only for a message; the bundle that runs does not know where its parts came from.
 */
export function fileOf(name: string, folder: string): string {
  const files = sourcesIn(folder);
  if (files === undefined) return `${folder}/${name || "index"}.ts`;
  const saying = files.filter((file) => name !== "" && says(join(folder, file), name));
  const own = saying.find((file) => file.startsWith(`${name}.`)) ?? saying[0];
  const list = ["index.ts", "main.ts"].find((file) => files.includes(file)) ?? `${name || "index"}.ts`;
  return `${folder}/${own ?? list}`;
}

function sourcesIn(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder).filter((file) => /\.(ts|json)$/.test(file));
  } catch {
    return undefined;
  }
}

function says(file: string, name: string): boolean {
  const text = readFileSync(file, "utf8");
  return new RegExp(`\\bname["']?: ?["'\`]${name.replaceAll(/\W/g, "\\$&")}["'\`]`).test(text);
}
