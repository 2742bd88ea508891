// npm start: draws what the synthesis before it would deploy, into cdktf.out/report/index.html.
import "../src/plain-errors";
import { defineEnvironments } from "../src/environment/define";
import { environments } from "../src/environments";
import { writeReport } from "./report/write";

const outdir = process.env["CDKTF_OUTDIR"] ?? "cdktf.out";
const { file, bytes } = writeReport(defineEnvironments(environments).environments, outdir, process.cwd());
console.log(`Picture, quotas and costs: ${file} (${Math.round(bytes / 1024)} KiB)`);
