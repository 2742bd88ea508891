import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../src/environment/define";
import { reportPage } from "./page";
import { type PriceList, pricesFile } from "./prices";
import { readStacks } from "./synthesised-stack";

/** Draws the last synthesis in `outdir`; `root` is the repository. Returns the page's file and size. */
export function writeReport(
  environments: readonly Environment[],
  outdir: string,
  root: string,
): { readonly file: string; readonly bytes: number } {
  const page = reportPage(environments, readStacks(outdir), readPrices(root));
  const folder = join(outdir, "report");
  const file = join(folder, "index.html");
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, page);
  return { file, bytes: Buffer.byteLength(page) };
}

export function readPrices(root: string): PriceList {
  return JSON.parse(readFileSync(join(root, pricesFile), "utf8")) as PriceList;
}
