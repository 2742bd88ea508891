// npm run docs: writes docs/configuration.md from the schema; with --check it only says whether the file is fresh.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { configurationDocs } from "../src/environment/docs";

const file = "docs/configuration.md";
const fresh = configurationDocs();

if (!process.argv.includes("--check")) {
  writeFileSync(file, fresh);
  console.log(`wrote ${file}`);
} else if (existsSync(file) && readFileSync(file, "utf8") === fresh) {
  console.log(`${file} is fresh`);
} else {
  console.error(`${file} is stale: run \`npm run docs\``);
  process.exitCode = 1;
}
