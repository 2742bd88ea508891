// Prints what a synthesis wrote: each environment's stacks in the order in which they deploy, and how to deploy it.
import { summaryOf } from "./support/summary";

const standard = "cdktf.out";
const outdir = process.env["CDKTF_OUTDIR"] ?? standard;
/** Of an example the program that synthesises it, which a command needs to find its stacks. */
const program = outdir === standard ? undefined : `dist/${outdir.replace(/cdktf\.out$/, "main")}.js`;

for (const line of summaryOf(outdir, program)) console.log(line);
