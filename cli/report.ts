// npm start: draws what the synthesis before it would deploy, into cdktf.out/report/index.html.
import "../src/plain-errors";
import { pathToFileURL } from "node:url";
import { defineEnvironments } from "../src/environment/define";
import { environments } from "../src/environments";
import { placeholderLines } from "./support/placeholders";
import { writeReport } from "./report/write";

const outdir = process.env["CDKTF_OUTDIR"] ?? "cdktf.out";
const { file } = writeReport(defineEnvironments(environments).environments, outdir, process.cwd());
const missing = placeholderLines(environments);
if (missing.length > 0)
  console.log(
    ["Placeholders, to be filled in before a deploy:", ...missing.map((line) => `  ${line}`), ""].join("\n"),
  );
console.log(`Picture, access, quotas, costs: ${pathToFileURL(file)}`);
