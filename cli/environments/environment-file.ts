import type { EnvironmentConfig } from "../../src/environment/schema";

/** The file of an environment, as the formatter leaves it: `src/environments/<name>.ts`. */
export function environmentFile(config: EnvironmentConfig): string {
  return [
    'import type { EnvironmentConfig } from "../environment/schema";',
    "",
    "/** Every setting, with its default: docs/configuration.md. */",
    `export const ${config.name}: EnvironmentConfig = ${literal(config, "")};`,
    "",
  ].join("\n");
}

function literal(value: unknown, indent: string): string {
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, indent)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const lines = Object.entries(value).map(
    ([key, each]) =>
      `${deeper}${/^[a-z]\w*$/i.test(key) ? key : JSON.stringify(key)}: ${literal(each, deeper)},`,
  );
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}
