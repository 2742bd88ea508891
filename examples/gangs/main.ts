import { synth } from "../../src/synth";
import { gangs, older } from "./gangs";

synth([gangs, older], "examples/gangs", {
  outdir: process.env["CDKTF_OUTDIR"] ?? "examples/gangs/cdktf.out",
});
